package dev.parley.socketio.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.jakarta.door.SocketDoor;
import dev.parley.socketio.testkit.EmbeddedServer;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same over TLS, where bytes wait in places that no selector sees. */
@Timeout(90)
class DirectTlsTest {

    @TempDir
    private Path folder;

    private final SocketServer server = SocketServer.builder(
                    Executors.newVirtualThreadPerTaskExecutor(), Executors.newSingleThreadScheduledExecutor())
            .build();
    private SSLContext tls;
    private EmbeddedServer running;

    @BeforeEach
    void open() throws Exception {
        server.of("/")
                .nonBlocking("echo")
                .onConnect(socket -> socket.on(
                        "echo", event -> socket.emit("echoed", event.arguments().toArray())));
        tls = SelfSigned.context(folder);
        running =
                new EmbeddedServer(tls, context -> SocketDoor.mount(context, server.engine(), DoorOptions.defaults()));
    }

    @AfterEach
    void close() {
        server.close();
        running.close();
    }

    private RawSocket raw(int receiveBuffer) throws Exception {
        return new RawSocket(tls.getSocketFactory().createSocket(), running.port(), receiveBuffer);
    }

    @Test
    void echoes_many_messages_of_many_sizes() throws Exception {
        try (var client = raw(0).join()) {
            for (int size = 1; size < 300_000; size = size * 3 + 1) {
                client.send(new ClientFrames()
                        .text("42[\"echo\",\"" + "a".repeat(size) + "\"]")
                        .text("42[\"echo\",2]")
                        .bytes());

                assertThat(client.next()).isEqualTo("42[\"echoed\",\"" + "a".repeat(size) + "\"]");
                assertThat(client.next()).isEqualTo("42[\"echoed\",2]");
            }
        }
    }

    @Test
    void loses_nothing_when_the_client_takes_little_at_a_time() throws Exception {
        try (var client = raw(16_384).join()) {
            var kilobytes = "x".repeat(10_000);
            for (int i = 0; i < 200; i++) {
                server.of("/").all().emit("news", i, kilobytes);
            }

            for (int i = 0; i < 200; i++) {
                assertThat(client.next()).isEqualTo("42[\"news\"," + i + ",\"" + kilobytes + "\"]");
            }
        }
    }

    @Test
    void closes_with_a_code() throws Exception {
        try (var client = raw(0).join()) {
            client.send(new ClientFrames().text("nonsense").bytes());

            assertThat(client.next()).isEqualTo("close 1008");
        }
    }
}
