package dev.parley.socketio.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.socketio.protocol.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client in one namespace: what it emits, and what it hears. Methods that wait do so only over a network and never longer than the
 * client's patience; without a network all has happened when the call before returned.
 */
public final class TestSocket {

    private final TestClient client;
    private final String namespace;
    private final List<Received> received = new ArrayList<>();
    private final Map<Long, Answer> asked = new HashMap<>();
    private long acks;
    private boolean decided;
    private @Nullable JsonNode accepted;
    private @Nullable JsonNode refused;
    private boolean gone;

    TestSocket(TestClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    // ---- what it does

    /** Emits an event; arguments are anything Jackson can write, {@code byte[]} travels as binary. */
    public TestSocket emit(String event, @Nullable Object... arguments) {
        client.send(new Packet.Event(namespace, Packet.NO_ACK, client.event(event, arguments)));
        return this;
    }

    /** Emits an event and asks for an acknowledgement. */
    public Answer ask(String event, @Nullable Object... arguments) {
        var answer = new Answer(client, event);
        long id = client.locked(() -> {
            asked.put(acks, answer);
            return acks++;
        });
        client.send(new Packet.Event(namespace, id, client.event(event, arguments)));
        return answer;
    }

    /** Leaves the namespace; the connection stays. */
    public void disconnect() {
        client.send(new Packet.Disconnect(namespace));
        client.locked(() -> gone = true);
    }

    // ---- what became of it

    /** The name of its namespace. */
    public String namespace() {
        return namespace;
    }

    /** @throws AssertionError when the server refused it */
    public String id() {
        return payload().path("sid").asText();
    }

    /** What the server said to the CONNECT: {@code {sid}}, with {@code pid} where state can be recovered. */
    public JsonNode payload() {
        return client.await("an accepted CONNECT to " + namespace, () -> Optional.ofNullable(accepted));
    }

    /** Whether the server has accepted it and neither side has ended it. */
    public boolean isConnected() {
        return client.peek(() -> accepted != null && !gone) && !client.isClosed();
    }

    /** The server's CONNECT_ERROR: {@code {message, data?}}. */
    public JsonNode refusal() {
        return client.await("a refused CONNECT to " + namespace, () -> Optional.ofNullable(refused));
    }

    /** Waits until the server has disconnected this socket, or the whole connection. */
    public void awaitDisconnect() {
        client.await(
                "the disconnect from " + namespace,
                () -> gone || client.isClosed() ? Optional.of(true) : Optional.empty());
    }

    // ---- what it hears

    /** All that was heard and not yet taken. */
    public List<Received> received() {
        return client.peek(() -> List.copyOf(received));
    }

    /** The names of {@link #received()}. */
    public List<String> events() {
        return received().stream().map(Received::event).toList();
    }

    /** Takes the first such event.
     *
     * @throws AssertionError when there is none
     */
    public Received next(String event) {
        return client.await("\"" + event + "\" among " + this, () -> take(event));
    }

    /** The first argument of the next such event. */
    public JsonNode hear(String event) {
        var arguments = next(event).arguments();
        return arguments.isEmpty() ? MissingNode.getInstance() : arguments.getFirst();
    }

    /** Forgets all that was heard. */
    public List<Received> take() {
        return client.peek(() -> {
            var all = List.copyOf(received);
            received.clear();
            return all;
        });
    }

    private Optional<Received> take(String event) {
        var first = received.stream().filter(one -> one.event().equals(event)).findFirst();
        first.ifPresent(received::remove);
        return first;
    }

    // ---- from the client, under its lock

    void arrived(Packet packet) {
        switch (packet) {
            case Packet.Connect connect -> {
                accepted = connect.payload().<JsonNode>map(payload -> payload).orElse(MissingNode.getInstance());
                decided = true;
            }
            case Packet.ConnectError error -> {
                refused = error.error();
                decided = true;
            }
            case Packet.Disconnect disconnect -> gone = true;
            case Packet.Event event ->
                received.add(new Received(
                        event.name(),
                        event.arguments().subList(1, event.arguments().size()),
                        event.ackId() == Packet.NO_ACK ? null : values -> answer(event.ackId(), values)));
            case Packet.Ack ack -> {
                var answer = asked.remove(ack.ackId());
                if (answer != null) {
                    answer.arrived(ack.arguments());
                }
            }
        }
    }

    private void answer(long id, @Nullable Object[] values) {
        client.send(new Packet.Ack(namespace, id, client.json(values)));
    }

    boolean isDecided() {
        return decided;
    }

    @Override
    public String toString() {
        return received.toString();
    }
}
