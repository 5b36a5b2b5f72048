package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.launcher.Child;
import dev.parley.launcher.Crew;
import dev.parley.launcher.Serve;
import dev.parley.launcher.WildFly;
import dev.parley.socketio.testkit.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

/** The applications in {@code examples/} and that of the README, built by their own Maven as a stranger would, run, and used by the stock Java client. */
class ExamplesIT {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @Test
    void the_chat_is_built_deployed_and_used() throws Exception {
        var stranger = Stranger.with("chat-war");
        stranger.maven("package");

        whileDeployed(stranger, url -> {
            for (var mode : StockClient.Mode.values()) {
                chat(url, mode);
            }
        });
    }

    @Test
    void who_follows_the_readme_has_a_chat() throws Exception {
        var stranger = Stranger.followingTheReadme();
        stranger.maven("package");

        whileDeployed(stranger, url -> {
            try (var ada = new StockClient(url, StockClient.Mode.UPGRADE, Map.of(), "joined", "said");
                    var bob = new StockClient(url, StockClient.Mode.UPGRADE, Map.of())) {
                ada.connect();
                ada.ask("join", "lobby");
                bob.connect();
                bob.ask("join", "lobby");
                var receipt = (JSONObject) bob.ask("say", new JSONObject(Map.of("room", "lobby", "text", "hi")))
                        .getFirst();

                assertThat(receipt.getLong("at")).isPositive();
                assertThat(ada.next("joined")).hasSize(1);
                assertThat(ada.next("said")).containsExactly("hi");
            }
        });
    }

    private interface Use {
        void of(String url) throws Exception;
    }

    private static void whileDeployed(Stranger stranger, Use use) throws Exception {
        int port = Server.freePort();
        var wildfly = new WildFly(new WildFly.Setup(
                TARGET.resolve("server"),
                TARGET.resolve("example"),
                Path.of(System.getProperty("java.home")),
                stranger.folder().resolve("target/ROOT.war"),
                Map.of(),
                Serve.listeningOn(port),
                "256m"));
        try (var crew = new Crew();
                var browser = new Peer(port, "/")) {
            Child server = wildfly.start(crew);
            wildfly.awaitDeployed(server, Duration.ofMinutes(3));
            use.of("http://127.0.0.1:" + port);
            assertThat(browser.get("").body()).contains("socket.io/socket.io.min.js");
            assertThat(browser.get("socket.io/socket.io.min.js").statusCode()).isEqualTo(200);
        }
    }

    private static void chat(String url, StockClient.Mode mode) throws Exception {
        try (var ada = new StockClient(url, mode, Map.of("name", "ada"), "joined", "said");
                var bob = new StockClient(url, mode, Map.of("name", "bob"), "said");
                var nobody = new StockClient(url, mode, Map.of())) {
            ada.connect();
            bob.connect();
            ada.ask("join", "lobby");
            bob.ask("join", "lobby");

            var receipt = (JSONObject) bob.ask("say", new JSONObject(Map.of("room", "lobby", "text", "hi")))
                    .getFirst();

            assertThat(receipt.getLong("at")).isPositive();
            assertThat(ada.next("joined")).containsExactly("lobby", "bob");
            assertThat(ada.next("said").getFirst()).isEqualTo("bob");
            assertThat(nobody.refusal()).isEqualTo("a name has 1 to 40 characters");
        }
    }

    @Test
    void the_plain_process_is_built_started_and_used() throws Exception {
        var stranger = Stranger.with("plain-undertow");
        int port = Server.freePort();
        var maven = stranger.start("compile", "exec:java", "-Dexec.args=" + port);
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        assertThat(maven.isAlive()).as(stranger.output()).isTrue();
                        return listens(port);
                    });
            for (var mode : StockClient.Mode.values()) {
                try (var client = new StockClient("http://127.0.0.1:" + port, mode, Map.of(), "shouted")) {
                    client.connect();
                    assertThat(client.ask("shout", "hello")).containsExactly("done");
                    assertThat(client.next("shouted")).containsExactly("hello");
                }
            }
        } finally {
            Stranger.end(maven);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new java.net.Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
