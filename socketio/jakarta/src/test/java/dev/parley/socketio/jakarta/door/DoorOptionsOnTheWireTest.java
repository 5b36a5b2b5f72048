package dev.parley.socketio.jakarta.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.Cors;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.Packet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the options of the engine do to HTTP and WebSocket, on a plain Undertow and by the standard API. */
class DoorOptionsOnTheWireTest {

    private static final String SOCKET = "/socket.io/?EIO=4&transport=websocket";

    @Test
    void packs_long_polling_responses() throws Exception {
        try (var door = door(options -> {});
                var http = HttpClient.newHttpClient()) {
            var session = door.peer().polling();
            session.push("40\u001e42[\"message\",\"" + "x".repeat(5000) + "\"]");
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + door.port() + "/socket.io/" + session.query()))
                    .header("Accept-Encoding", "gzip")
                    .build();

            var text = new StringBuilder();
            while (text.indexOf("message-back") < 0) {
                var response = http.send(request, BodyHandlers.ofByteArray());
                boolean packed =
                        response.headers().firstValue("content-encoding").equals(java.util.Optional.of("gzip"));
                text.append(packed ? unpacked(response.body()) : new String(response.body(), StandardCharsets.UTF_8));
                assertThat(packed).isEqualTo(text.indexOf("message-back") > 0);
            }

            assertThat(text.toString()).contains("x".repeat(5000));
        }
    }

    private static String unpacked(byte[] body) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void speaks_to_scripts_and_forms() throws Exception {
        try (var door = door(options -> {})) {
            var open = door.peer().get("?EIO=4&transport=polling&j=7");
            var sid = open.body().replaceFirst("^.*\\\\\"sid\\\\\":\\\\\"([^\\\\]+).*$", "$1");

            var ok = door.peer()
                    .post(
                            "?EIO=4&transport=polling&j=7&sid=" + sid,
                            "d=40",
                            "Content-Type",
                            "application/x-www-form-urlencoded");
            var answer = door.peer().get("?EIO=4&transport=polling&j=7&sid=" + sid);

            assertThat(open.body()).startsWith("___eio[7](\"0{");
            assertThat(ok.body()).isEqualTo("ok");
            assertThat(answer.body()).startsWith("___eio[7](\"40{\\\"sid\\\"");
        }
    }

    @Test
    void adds_headers_to_the_response_that_makes_a_web_socket() throws Exception {
        try (var door = door(options -> options.cors(new Cors(Set.of("https://a.example"), true))
                        .initialHeaders((request, headers) -> headers.put("X-First", "1"))
                        .headers((request, headers) -> headers.put("X-Each", "2")));
                var raw = new RawSocket(door.port(), SOCKET, "")) {
            assertThat(raw.response())
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("\r\nX-First: 1\r\n")
                    .containsIgnoringCase("\r\nX-Each: 2\r\n")
                    .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: https://a.example\r\n")
                    .containsIgnoringCase("\r\nVary: Origin\r\n");
            assertThat(raw.read().text()).startsWith("0{");
        }
    }

    @Test
    void sends_an_initial_packet() throws Exception {
        try (var door = door(options -> options.initialPacket(new Packet.Text("hello")))) {
            var frames = door.peer().webSocket("?EIO=4&transport=websocket");

            assertThat(frames.next()).startsWith("0{");
            assertThat(frames.next()).isEqualTo("4hello");
            assertThat(door.peer().polling().handshake().body()).endsWith("}\u001e4hello");
        }
    }

    @Test
    void deflates_messages_where_it_may() throws Exception {
        var extension = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
        try (var door = door(options -> options.perMessageDeflate(true));
                var raw = new RawSocket(door.port(), SOCKET, extension)) {
            assertThat(raw.response()).containsIgnoringCase("Sec-WebSocket-Extensions: permessage-deflate");
            assertThat(raw.read().inflated()).startsWith("0{\"sid\":");

            raw.sendDeflated("40");

            var answer = raw.read();
            assertThat(answer.compressed()).isTrue();
            assertThat(answer.opcode()).isEqualTo(1);
        }
    }

    @Test
    void does_not_deflate_unless_it_is_told_to() throws Exception {
        try (var door = door(options -> {});
                var raw = new RawSocket(door.port(), SOCKET, "Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
            assertThat(raw.response()).doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
            assertThat(raw.read().text()).startsWith("0{\"sid\":");
        }
    }

    @Test
    void says_over_http_that_it_is_full() throws Exception {
        try (var door = door(options -> options.maxConnections(1))) {
            door.peer().polling();

            var refused = door.peer().get("?EIO=4&transport=polling");
            try (var raw = new RawSocket(door.port(), SOCKET, "")) {
                assertThat(raw.response()).startsWith("HTTP/1.1 503 ");
            }

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"Too many connections\"}");
        }
    }

    @Test
    void refuses_what_no_client_sends() throws Exception {
        try (var door = door(options -> {})) {
            var longQuery = door.peer().get("?EIO=4&transport=polling&x=" + "y".repeat(9000));
            var longHeader = door.peer().get("?EIO=4&transport=polling", "X-Long", "y".repeat(40_000));

            assertThat(longQuery.statusCode()).isEqualTo(414);
            assertThat(longHeader.statusCode()).isEqualTo(431);
            assertThat(door.engine().sessionCount()).isZero();
        }
    }

    @Test
    void lets_a_client_wait_that_sends_faster_than_its_handler_works() throws Exception {
        var gate = new CountDownLatch(1);
        try (var door = door(options -> options.maxInboundBytes(4 << 20))) {
            door.server()
                    .of("/")
                    .onConnect(socket -> socket.on("slow", event -> {
                        pass(gate);
                        socket.emit("done", event.argument(0));
                    }));
            var frames = door.peer().webSocket("?EIO=4&transport=websocket");
            frames.next();
            frames.send("40").next();
            frames.next();
            int messages = 1600; // four times the limit
            var filling = "x".repeat(10_000);
            var sender = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < messages; i++) {
                    frames.send("42[\"slow\"," + i + ",\"" + filling + "\"]");
                }
            });

            sender.join(2000); // long enough for everything to arrive, if it were let in
            assertThat(sender.isAlive()).isTrue();
            assertThat(frames.isClosed()).isFalse();
            gate.countDown();

            for (int i = 0; i < messages; i++) {
                assertThat(frames.next()).isEqualTo("42[\"done\"," + i + "]");
            }
        }
    }

    @Test
    void delivers_a_burst_whole_and_in_order() throws Exception {
        try (var door = door(options -> {})) {
            door.server()
                    .of("/")
                    .onConnect(socket -> socket.on("burst", event -> {
                        for (int i = 0; i < 2000; i++) {
                            socket.emit("drop", i, new byte[] {(byte) i});
                        }
                    }));
            var frames = door.peer().webSocket("?EIO=4&transport=websocket");
            frames.next();
            frames.send("40").next();
            frames.next();

            frames.send("42[\"burst\"]");

            for (int i = 0; i < 2000; i++) {
                assertThat(frames.next()).isEqualTo("451-[\"drop\"," + i + ",{\"_placeholder\":true,\"num\":0}]");
                assertThat(frames.nextBinary()).containsExactly((byte) i);
            }
        }
    }

    @Test
    void says_goodbye_when_it_closes_and_sends_no_disconnect() throws Exception {
        var door = door(options -> {});
        var frames = door.peer().webSocket("?EIO=4&transport=websocket");
        frames.next();
        frames.send("40").next();
        frames.next();
        var session = door.peer().polling();
        var poll = session.pollLater();
        org.awaitility.Awaitility.await().until(() -> door.engine().sessionCount() == 2);
        Thread.sleep(200); // so that the poll is there

        door.server().close();

        assertThat(frames.closeCode()).isEqualTo(1001);
        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertThat(door.peer().get("?EIO=4&transport=polling").statusCode()).isEqualTo(503);
        door.close();
    }

    @Test
    void needs_no_slash_where_its_path_has_none() throws Exception {
        try (var door = new TestDoor(options -> {}, new DoorOptions("/live", Set.of()))) {
            for (var target : new String[] {"", "/"}) {
                var polling = door.peer().get(target + "?EIO=4&transport=polling");
                assertThat(polling.statusCode()).isEqualTo(200);
                try (var raw = new RawSocket(door.port(), "/live" + target + "?EIO=4&transport=websocket", "")) {
                    assertThat(raw.response()).startsWith("HTTP/1.1 101 ");
                    assertThat(raw.read().text()).startsWith("0{");
                }
            }
            assertThat(door.peer().get("/socket.io.js").statusCode()).isEqualTo(200);
        }
    }

    private static TestDoor door(Consumer<EngineOptions.Builder> options) {
        return new TestDoor(options, new DoorOptions("/socket.io/", Set.of("*")));
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
