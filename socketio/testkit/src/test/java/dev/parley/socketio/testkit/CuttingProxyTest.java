package dev.parley.socketio.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Before a server that greets, and says goodbye to whoever has left, as WebSocket servers do. */
class CuttingProxyTest {

    private static final String GREETING = "hello";
    private static final int PATIENCE_MS = 10_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServerSocket server;
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = new CuttingProxy(URI.create("http://127.0.0.1:" + server.getLocalPort()));
        threads.execute(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
        threads.shutdownNow();
    }

    /** Many lines, many times: which side of one ends first is a matter of luck where nobody decides it. */
    @RepeatedTest(5)
    void passes_on_nothing_that_the_server_says_of_the_cut() throws IOException {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(greeted());
        }

        proxy.cut();

        for (Socket client : clients) {
            assertThat(rest(client)).isEmpty();
        }
    }

    @Test
    void ends_who_comes_during_the_cut_and_serves_who_comes_after_it() throws IOException {
        proxy.cut();
        assertThat(rest(client())).isEmpty();

        proxy.mend();
        greeted().close();
    }

    @Test
    void ends_who_comes_when_the_server_is_away() throws IOException {
        server.close();

        assertThat(rest(client())).isEmpty();
    }

    private Socket client() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort());
        client.setSoTimeout(PATIENCE_MS);
        return client;
    }

    private Socket greeted() throws IOException {
        Socket client = client();
        assertThat(client.getInputStream().readNBytes(GREETING.length()))
                .asString(UTF_8)
                .isEqualTo(GREETING);
        return client;
    }

    /** What still comes, until the line has ended. */
    private static String rest(Socket client) throws IOException {
        try (client) {
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket accepted = server.accept();
                threads.execute(() -> greet(accepted));
            } catch (IOException closed) {
                // the loop's condition decides
            }
        }
    }

    private static void greet(Socket accepted) {
        try (accepted) {
            accepted.getOutputStream().write(GREETING.getBytes(UTF_8));
            accepted.getInputStream().readAllBytes();
            accepted.getOutputStream().write("goodbye".getBytes(UTF_8));
        } catch (IOException gone) {
            // who has left need not hear it
        }
    }
}
