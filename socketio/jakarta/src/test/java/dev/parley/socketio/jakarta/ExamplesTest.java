package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.TestClient;
import dev.parley.socketio.testkit.TestSocket;
import dev.parley.socketio.testkit.WebApplication;
import io.undertow.Undertow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The applications in {@code examples/}, compiled against the library as it is, and used. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("..", "..", "examples");

    @TempDir
    private Path classes;

    @ParameterizedTest
    @EnumSource
    void two_people_chat(TestClient.Transport transport) throws Exception {
        try (URLClassLoader loader = compile("chat-war")) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try (WebApplication chat = WebApplication.ofPackage("example.chat")
                            .listener(SocketApplication.class)
                            .start();
                    TestClient first = TestClient.connect(chat.uri(), transport);
                    TestClient second = TestClient.connect(chat.uri(), transport)) {
                TestSocket ada = first.join("/", Map.of("name", "ada"));
                TestSocket bob = second.join("/", Map.of("name", "bob"));
                ada.ask("join", "lobby").arguments();
                bob.ask("join", "lobby").arguments();
                assertThat(ada.next("joined").arguments()).hasToString("[\"lobby\", \"bob\"]");

                assertThat(bob.ask("say", Map.of("room", "lobby", "text", "hi"))
                                .value()
                                .has("at"))
                        .isTrue();
                assertThat(ada.next("said").arguments()).hasToString("[\"bob\", {\"room\":\"lobby\",\"text\":\"hi\"}]");
                assertThat(bob.ask("say", Map.of("room", "hall", "text", "hi")).value())
                        .hasToString("{\"error\":\"internal\"}");
                assertThat(bob.ask("say", Map.of("room", "lobby", "text", "")).value())
                        .hasToString("{\"error\":\"a message has 1 to 1000 characters\"}");

                bob.disconnect();
                assertThat(ada.next("left").argument(1).asText()).isEqualTo("bob");
                assertThat(TestClient.connect(chat.uri(), transport).join().refusal())
                        .hasToString("{\"message\":\"a name has 1 to 40 characters\"}");
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    @Test
    void a_plain_process_serves_clients() throws Exception {
        try (URLClassLoader loader = compile("plain-undertow")) {
            Undertow undertow = (Undertow) loader.loadClass("example.plain.Main")
                    .getMethod("start", int.class)
                    .invoke(null, 0);
            InetSocketAddress address =
                    (InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress();
            try (TestClient client = TestClient.connect(
                    URI.create("http://127.0.0.1:" + address.getPort()), TestClient.Transport.UPGRADE)) {
                TestSocket socket = client.join();

                assertThat(socket.hear("welcome").asText()).isEqualTo(socket.id());
                assertThat(socket.ask("shout", "hello").as(String.class)).isEqualTo("done");
                assertThat(socket.hear("shouted").asText()).isEqualTo("hello");
            } finally {
                undertow.stop();
            }
        }
    }

    private URLClassLoader compile(String example) throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES.resolve(example))) {
            List<String> sources = files.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .toList();
            List<String> arguments = Stream.concat(
                            Stream.of(
                                    "-d",
                                    classes.toString(),
                                    "-parameters",
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            sources.stream())
                    .toList();
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, System.out, System.err, arguments.toArray(String[]::new));
            assertThat(result).as("javac of %s", example).isZero();
        }
        return new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
    }
}
