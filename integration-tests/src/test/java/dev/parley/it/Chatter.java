package dev.parley.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.json.JSONObject;

/** The stock Java client, as somebody else's program would use it; remembers all that it hears. */
final class Chatter implements AutoCloseable {

    /** An event from the server. */
    record Heard(String event, JsonNode data) {}

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Socket socket;

    private Chatter(URI server, String token, String... transports) {
        IO.Options options = IO.Options.builder()
                .setTransports(transports)
                .setAuth(token.isEmpty() ? Map.of() : Map.of("token", token))
                .setReconnectionDelay(200)
                .setReconnectionDelayMax(1000)
                .setForceNew(true)
                .build();
        socket = IO.socket(server, options);
        socket.onAnyIncoming(arguments -> heard.add(new Heard((String) arguments[0], tree(arguments))));
        socket.on(Socket.EVENT_CONNECT, nothing -> heard.add(new Heard("connect", Person.JSON.missingNode())));
        socket.on(
                Socket.EVENT_DISCONNECT,
                reason -> heard.add(new Heard("disconnect", Person.JSON.valueToTree(String.valueOf(reason[0])))));
        socket.on(Socket.EVENT_CONNECT_ERROR, error -> heard.add(new Heard("connect_error", tree(null, error[0]))));
    }

    /** Connects as {@code person} and waits for the snapshot. */
    static Chatter connected(Person person, String... transports) {
        return connectedBy(person.parley().port(), person, transports);
    }

    /** The same by a wire of one's own to the server. */
    static Chatter connectedBy(int port, Person person, String... transports) {
        String[] wanted = transports.length > 0 ? transports : new String[] {"polling", "websocket"};
        Chatter chatter = new Chatter(URI.create("http://localhost:" + port + "/"), person.token(), wanted);
        chatter.socket.connect();
        chatter.awaitEvent("session", any -> true);
        return chatter;
    }

    /** Tries to connect with whatever token; the refusal is in {@link #awaitEvent}("connect_error"). */
    static Chatter trying(Parley parley, String token) {
        Chatter chatter = new Chatter(parley.url("/"), token, "websocket");
        chatter.socket.connect();
        return chatter;
    }

    List<Heard> heard() {
        return heard;
    }

    Socket socket() {
        return socket;
    }

    /** Says {@code event} and returns the whole acknowledgement. */
    JsonNode ask(String event, Map<String, ?> payload) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Ack acknowledgement = arguments -> answer.complete(tree(null, arguments[0]));
        socket.emit(event, new Object[] {new JSONObject(payload)}, acknowledgement);
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    void say(String event, Map<String, ?> payload) {
        socket.emit(event, new JSONObject(payload));
    }

    JsonNode awaitEvent(String event, Predicate<JsonNode> matching) {
        return Awaitility.await(event)
                .atMost(20, TimeUnit.SECONDS)
                .until(
                        () -> heard.stream()
                                .filter(one -> one.event().equals(event) && matching.test(one.data()))
                                .map(Heard::data)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    long count(String event, Predicate<JsonNode> matching) {
        return heard.stream()
                .filter(one -> one.event().equals(event) && matching.test(one.data()))
                .count();
    }

    @Override
    public void close() {
        socket.disconnect();
    }

    private static JsonNode tree(Object... arguments) {
        if (arguments.length < 2) {
            return Person.JSON.missingNode();
        }
        try {
            return switch (arguments[1]) {
                case JSONObject object -> Person.JSON.readTree(object.toString());
                case Exception error -> Person.JSON.valueToTree(Map.of("message", String.valueOf(error.getMessage())));
                case Object other -> Person.JSON.valueToTree(String.valueOf(other));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
