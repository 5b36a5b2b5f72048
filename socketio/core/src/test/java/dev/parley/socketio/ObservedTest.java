package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.CloseReason;
import dev.parley.engineio.EngineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservedTest {

    private final List<String> log = new ArrayList<>();

    private final ServerListener watcher = new ServerListener() {

        @Override
        public void connectionOpened(Connection connection) {
            log.add("opened " + connection.transport());
        }

        @Override
        public void connectionClosed(Connection connection, CloseReason reason) {
            log.add("closed " + reason);
        }

        @Override
        public void slowReaderDropped(Connection connection) {
            log.add("slow");
        }

        @Override
        public void packetsReceived(Connection connection, int packets, long bytes) {
            log.add("in " + packets + " " + bytes);
        }

        @Override
        public void packetsSent(Connection connection, int packets, long bytes) {
            log.add("out " + packets + " " + (bytes > 0));
        }

        @Override
        public void connectAccepted(Socket socket) {
            log.add("accepted " + socket.namespace().name());
        }

        @Override
        public void connectRefused(Connection connection, String namespace, String message) {
            log.add("refused " + namespace + " " + message);
        }

        @Override
        public void socketLeft(Socket socket, DisconnectReason reason) {
            log.add("left " + reason.text());
        }

        @Override
        public void eventReceived(Socket socket, String event, List<JsonNode> arguments) {
            log.add("received " + event + " " + arguments);
        }

        @Override
        public void eventSent(Socket socket, String event, List<JsonNode> arguments) {
            log.add("sent " + event + " " + arguments);
        }

        @Override
        public void roomCreated(String namespace, String room) {
            log.add("created " + named(room));
        }

        @Override
        public void roomDeleted(String namespace, String room) {
            log.add("deleted " + named(room));
        }

        @Override
        public void roomJoined(String namespace, String room, String socketId) {
            log.add("joined " + named(room));
        }

        @Override
        public void roomLeft(String namespace, String room, String socketId) {
            log.add("left room " + named(room));
        }

        @Override
        public void dataChanged(Socket socket) {
            log.add("data " + socket.data().asTree());
        }

        @Override
        public void handlerFailed(Socket socket, String place, Throwable failure) {
            log.add("failed " + place);
            throw new IllegalStateException("a listener that throws harms nobody");
        }
    };

    private static String named(String room) {
        return room.length() == 20 ? "own" : room;
    }

    private final Bench bench = new Bench(EngineOptions.builder().maxBufferedPackets(2), watcher);

    @Test
    void hears_of_connections_sockets_rooms_and_events() {
        bench.server.of("/").onConnect(socket -> {
            socket.join("lobby");
            socket.data().put("name", Map.of("first", "Ada"));
            socket.on("say", event -> bench.server.to("lobby").emit("said", event.argument(0)));
            socket.on("break", event -> {
                throw new IllegalStateException("oops");
            });
        });

        var wire = bench.open().say("40/nope", "40", "42[\"say\",1]", "42[\"break\"]");
        wire.vanish();

        assertThat(log)
                .containsExactly(
                        "opened WEBSOCKET",
                        "in 1 6",
                        "refused /nope Invalid namespace",
                        "out 1 true",
                        "in 1 1",
                        "created own",
                        "joined own",
                        "accepted /",
                        "created lobby",
                        "joined lobby",
                        "data {\"name\":{\"first\":\"Ada\"}}",
                        "out 1 true",
                        "in 1 10",
                        "received say [1]",
                        "sent said [1]",
                        "out 1 true",
                        "in 1 10",
                        "received break []",
                        "failed break",
                        "closed TRANSPORT_CLOSE",
                        "left room lobby",
                        "deleted lobby",
                        "left room own",
                        "deleted own",
                        "left transport close");
    }

    @Test
    void hears_of_a_reader_that_is_too_slow() {
        var wire = bench.connect();
        wire.socket.block();

        for (int i = 0; i < 5; i++) {
            bench.server.of("/").all().emit("x");
        }

        assertThat(log).contains("slow", "closed SLOW_READER", "left slow reader");
    }
}
