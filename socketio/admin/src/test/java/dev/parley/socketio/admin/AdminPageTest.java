package dev.parley.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.Cors;
import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.door.ContainerThreads;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.jakarta.door.SocketDoor;
import dev.parley.socketio.testkit.EmbeddedServer;
import dev.parley.socketio.testkit.TestClient;
import dev.parley.socketio.testkit.TestSocket;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The published page in a browser against a plain embedded Undertow; its steps are {@code src/test/js/page.mjs}. */
class AdminPageTest {

    private static final String HASH = BCrypt.withDefaults().hashToString(4, "secret".toCharArray());
    private static final Path SCRIPTS = Path.of("src/test/js").toAbsolutePath();
    private static final Path PICTURES = Path.of("target/pictures").toAbsolutePath();

    private volatile TestSocket client;

    @Test
    void the_page_logs_in_is_remembered_shows_and_acts() throws Exception {
        String page = "http://127.0.0.1:" + freePort();
        ContainerThreads threads = ContainerThreads.find();
        AdminOptions usual = AdminOptions.of("ada", HASH);
        AdminUi admin =
                new AdminUi(new AdminOptions("ada", HASH, "/admin", usual.mode(), false, "node-1", usual.headers()));
        SocketServer server = SocketServer.builder(threads.executor(), threads.timer())
                .engine(EngineOptions.builder()
                        .cors(new Cors(Set.of(page), true))
                        .build())
                .listener(admin)
                .build();
        server.of("/").onConnect(socket -> {
            socket.join("lobby");
            socket.on("say", event -> event.acknowledgement().send("heard"));
        });
        admin.start(server, threads.timer());
        try (EmbeddedServer http = new EmbeddedServer(context -> mount(context, server, page));
                TestClient connection = TestClient.connect(http.uri(), TestClient.Transport.WEBSOCKET)) {
            client = connection.join();
            Process node = new ProcessBuilder("node", "page.mjs", http.uri().toString(), PICTURES.toString(), page)
                    .directory(SCRIPTS.toFile())
                    .redirectErrorStream(true)
                    .start();
            try {
                List<String> lines = node.inputReader().lines().toList(); // each step has its own time limit
                assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(lines).isNotEmpty().allSatisfy(line -> {
                    JsonNode step = new ObjectMapper().readTree(line);
                    assertThat(step.path("error").asText()).as(line).isEmpty();
                });
                assertThat(lines).hasSize(9);
            } finally {
                node.destroyForcibly();
            }
        } finally {
            server.close();
            threads.close();
        }
    }

    private void mount(ServletContext context, SocketServer server, String page) {
        SocketDoor.mount(context, server.engine(), new DoorOptions("/socket.io/", Set.of(page)));
        context.addServlet(
                        "heard",
                        new Plain(() -> "connected: " + client.isConnected() + " rooms: "
                                + server.of("/").socket(client.id()).map(Socket::rooms)))
                .addMapping("/heard");
        context.addServlet("id", new Plain(() -> client.id())).addMapping("/id");
        context.addServlet("act", new Plain(() -> client.ask("say", "hello").as(String.class)))
                .addMapping("/act");
    }

    private interface Words {
        String get();
    }

    /** Lets the script see and move the other client. */
    private static final class Plain extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient Words words;

        Plain(Words words) {
            this.words = words;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write(words.get());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }
}
