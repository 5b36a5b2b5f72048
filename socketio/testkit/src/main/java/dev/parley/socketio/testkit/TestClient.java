package dev.parley.socketio.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parley.engineio.Frame;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.PacketReader;
import dev.parley.socketio.protocol.Parser;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO client in plain Java, for tests: one connection, over a network ({@link #connect(URI, Transport, String...)}) or without one
 * ({@link TestServer#client()}). It answers pings, and does nothing else by itself: no reconnection.
 */
public final class TestClient implements AutoCloseable {

    /** How a client over a network connects. */
    public enum Transport {
        /** HTTP long-polling to the end. */
        POLLING,
        /** A WebSocket from the first byte. */
        WEBSOCKET,
        /** Polling first, then WebSocket, before anything else is sent. */
        UPGRADE
    }

    private static final ObjectMapper JSON =
            JsonMapper.builder().findAndAddModules().build();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, TestSocket> sockets = new LinkedHashMap<>();
    private final Parser parser;
    private final PacketReader reader;
    private final Duration patience;
    private boolean pongs = true;
    private boolean closed;
    private @Nullable Line line;

    /** @param patience how long anything may take; zero when all happens at once */
    TestClient(Duration patience, Parser parser) {
        this.patience = patience;
        this.parser = parser;
        this.reader = parser.reader();
    }

    static Parser json() {
        return Parser.json(JSON);
    }

    /** Connects to {@code /socket.io/} of that server, with ten seconds' patience. */
    public static TestClient connect(URI server, Transport transport, String... headers) {
        return connect(server, "/socket.io/", transport, Duration.ofSeconds(10), json(), headers);
    }

    /**
     * @param patience of each step and of all that waits
     * @param parser the server's, {@link Parser#json(ObjectMapper)} mostly
     * @param headers of the requests, names and values in turn
     */
    public static TestClient connect(
            URI server, String path, Transport transport, Duration patience, Parser parser, String... headers) {
        var client = new TestClient(patience, parser);
        client.line = NetworkLine.open(server, path, transport, patience, client, headers);
        return client;
    }

    void line(Line opened) {
        line = opened;
    }

    // ---- what a test does

    /** Joins the default namespace. */
    public TestSocket join() {
        return join("/", null);
    }

    /** Joins a namespace without auth payload and waits until the server has answered. */
    public TestSocket join(String namespace) {
        return join(namespace, null);
    }

    /**
     * Sends CONNECT and waits for what the server says to it: {@link TestSocket#payload()} or {@link TestSocket#refusal()}.
     *
     * @param auth the payload, written by Jackson as an object; null for none
     */
    public TestSocket join(String namespace, @Nullable Object auth) {
        var socket = new TestSocket(this, namespace);
        locked(() -> sockets.put(namespace, socket));
        send(new Packet.Connect(namespace, auth == null ? null : (ObjectNode) tree(auth)));
        if (!patience.isZero()) {
            await(
                    "an answer to CONNECT " + namespace,
                    () -> socket.isDecided() || closed ? Optional.of(true) : Optional.empty());
        }
        return socket;
    }

    /** From now on pings stay unanswered. */
    public TestClient holdPongs() {
        locked(() -> pongs = false);
        return this;
    }

    /** Sends an Engine.IO packet as it is: {@code 42["x"]}, or nonsense. */
    public TestClient sendRaw(String packet) {
        line().text(packet);
        return this;
    }

    /** Breaks the connection without a word, as a lost network does. */
    public void vanish() {
        line().vanish();
        closed();
    }

    /** Ends the connection as a client does that is closed. */
    @Override
    public void close() {
        if (!isClosed()) {
            line().close();
            closed();
        }
    }

    /** Whether the connection is closed, by whichever side. */
    public boolean isClosed() {
        return peek(() -> closed);
    }

    /** Waits until the server has ended the connection. */
    public void awaitClosed() {
        await("the end of the connection", () -> closed ? Optional.of(true) : Optional.empty());
    }

    // ---- for its sockets

    void send(Packet packet) {
        for (var frame : parser.encode(packet)) {
            if (frame.isText()) {
                line().text(frame.text());
            } else {
                line().binary(frame.payload());
            }
        }
    }

    List<JsonNode> event(String name, @Nullable Object... arguments) {
        var all = new ArrayList<JsonNode>();
        all.add(TextNode.valueOf(name));
        all.addAll(json(arguments));
        return all;
    }

    List<JsonNode> json(@Nullable Object... values) {
        var all = new ArrayList<JsonNode>();
        for (var value : values) {
            all.add(tree(value));
        }
        return all;
    }

    private static JsonNode tree(@Nullable Object value) {
        return value instanceof byte[] bytes ? BinaryNode.valueOf(bytes) : JSON.valueToTree(value);
    }

    <T> T read(JsonNode value, Class<T> type) {
        try {
            return JSON.treeToValue(value, type);
        } catch (JsonProcessingException unreadable) {
            throw new AssertionError(value + " is no " + type.getSimpleName(), unreadable);
        }
    }

    <T> T await(String what, Supplier<Optional<T>> found) {
        long left = patience.toNanos();
        lock.lock();
        try {
            for (var value = found.get(); ; value = found.get()) {
                if (value.isPresent()) {
                    return value.get();
                }
                if (left <= 0) {
                    throw new AssertionError(
                            patience.isZero() ? "no " + what : "not within " + patience.toSeconds() + " s: " + what);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, interrupted);
        } finally {
            lock.unlock();
        }
    }

    <T> T peek(Supplier<T> look) {
        return locked(look);
    }

    <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            var result = change.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    // ---- from the line, one call at a time

    void text(String packet) {
        switch (packet.isEmpty() ? ' ' : packet.charAt(0)) {
            case '1' -> closed();
            case '2' -> {
                if (peek(() -> pongs)) {
                    line().text("3" + packet.substring(1));
                }
            }
            case '4' -> decoded(reader.text(packet.substring(1)));
            case 'b' -> binary(ByteBuffer.wrap(java.util.Base64.getDecoder().decode(packet.substring(1))));
            default -> {
                // open, pong, upgrade and noop are the line's business
            }
        }
    }

    void binary(ByteBuffer message) {
        decoded(reader.binary(message));
    }

    private void decoded(Optional<Packet> packet) {
        packet.ifPresent(whole -> locked(() -> {
            var socket = sockets.get(whole.namespace());
            if (socket != null) {
                socket.arrived(whole);
            }
            return whole;
        }));
    }

    void closed() {
        locked(() -> closed = true);
    }

    private Line line() {
        var open = line;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open;
    }

    /** How packets leave a client. */
    interface Line {

        /** One Engine.IO packet. */
        void text(String packet);

        void binary(ByteBuffer message);

        /** Says goodbye. */
        void close();

        /** Does not say goodbye. */
        void vanish();
    }

    /** Delivers what the server writes. */
    static void deliver(TestClient client, List<Frame> frames) {
        for (var frame : frames) {
            if (frame.isText()) {
                client.text(frame.text());
            } else {
                client.binary(frame.payload());
            }
        }
    }
}
