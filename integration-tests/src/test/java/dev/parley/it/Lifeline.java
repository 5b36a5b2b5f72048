package dev.parley.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.CutProxy.Pump;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.json.JSONObject;

/** The stock Java client over a wire that can be cut; it comes back whatever happens to it. */
final class Lifeline implements AutoCloseable {

    /** Longer than the server takes to say that it cannot. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final JsonNode NO_ANSWER =
            Person.JSON.valueToTree(Map.of("ok", false, "error", Map.of("code", "timeout")));

    private final CutProxy wire;
    private final Socket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile String state = "not connected yet";
    private volatile boolean closed;

    /** @param back passes on what the server sends */
    Lifeline(Person person, Pump back, String... transports) {
        wire = new CutProxy(person.parley().port(), back);
        IO.Options options = IO.Options.builder()
                .setTransports(transports)
                .setAuth(Map.of("token", person.token()))
                .setReconnectionDelay(200)
                .setReconnectionDelayMax(2000)
                .setTimeout(5000)
                .setForceNew(true)
                .build();
        options.timestampRequests = true; // or a poll that its HTTP library repeats is not known to be the same
        socket = IO.socket(URI.create("http://localhost:" + wire.port() + "/"), options);
        socket.on(Socket.EVENT_CONNECT, nothing -> state = "connected");
        socket.on(Socket.EVENT_CONNECT_ERROR, error -> lost("refused: " + error[0]));
        socket.on(Socket.EVENT_DISCONNECT, reason -> lost("disconnected: " + reason[0]));
    }

    void on(String event, Consumer<JsonNode> heard) {
        socket.on(event, data -> heard.accept(tree(data[0])));
    }

    void connect() {
        socket.connect();
    }

    CutProxy wire() {
        return wire;
    }

    boolean connected() {
        return socket.connected();
    }

    /** What happened to the connection last, in words. */
    String state() {
        return state;
    }

    /** The whole acknowledgement, or an error {@code timeout} when none came before the connection was lost or patience ended. */
    JsonNode ask(String event, Map<String, ?> payload) throws InterruptedException {
        int question = questions.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(question, answer);
        try {
            tell(event, payload, answer::complete);
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return NO_ANSWER;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            asked.remove(question);
        }
    }

    /** The same without waiting; {@code answered} is called on the client's thread, if at all. */
    void tell(String event, Map<String, ?> payload, Consumer<JsonNode> answered) {
        Ack acknowledgement = arguments -> answered.accept(tree(arguments[0]));
        socket.emit(event, new Object[] {new JSONObject(payload)}, acknowledgement);
    }

    @Override
    public void close() {
        closed = true;
        socket.disconnect();
        wire.close();
    }

    /** The stock client gives up on a refused handshake, while the server starts say: tried again by hand. */
    private void lost(String how) {
        state = how;
        asked.values().forEach(answer -> answer.complete(NO_ANSWER));
        if (!socket.isActive() && !closed) {
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(socket::connect);
        }
    }

    private static JsonNode tree(Object json) {
        try {
            return Person.JSON.readTree(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
