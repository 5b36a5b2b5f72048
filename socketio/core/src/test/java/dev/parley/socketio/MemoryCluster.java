package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.Frame;
import dev.parley.socketio.adapter.Adapter;
import dev.parley.socketio.adapter.BroadcastOptions;
import dev.parley.socketio.adapter.ForwardingAdapter;
import dev.parley.socketio.adapter.Home;
import dev.parley.socketio.adapter.LocalAdapter;
import dev.parley.socketio.adapter.SocketSnapshot;
import dev.parley.socketio.protocol.Outgoing;
import dev.parley.socketio.protocol.Packet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A cluster in one memory, whose nodes share nothing but bytes: it proves that the adapter's seam is enough for one. Bytes travel when
 * the test says so, so that every answer of another node comes late.
 */
// An array is what travels; nobody compares these records.
@SuppressWarnings("ArrayRecordComponent")
final class MemoryCluster {

    private record Letter(Node to, byte[] bytes) {}

    private final List<Node> nodes = new ArrayList<>();
    private final Queue<Letter> letters = new ArrayDeque<>();

    Adapter join(Home home) {
        var node = new Node(home, nodes.size());
        nodes.add(node);
        return node;
    }

    /** Delivers all that is on its way, and what that causes. */
    void travel() {
        for (var letter = letters.poll(); letter != null; letter = letters.poll()) {
            letter.to.receive((Envelope) read(letter.bytes));
        }
    }

    int onTheirWay() {
        return letters.size();
    }

    private List<Node> peers(Node node) {
        return nodes.stream()
                .filter(other -> other != node)
                .filter(other -> other.home.namespace().equals(node.home.namespace()))
                .toList();
    }

    private static byte[] write(Serializable value) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A frame as bytes. */
    private record Part(boolean text, byte[] bytes) implements Serializable {

        @SuppressWarnings("NonApiType") // a List would not be Serializable
        static ArrayList<Part> of(List<Frame> frames) {
            var parts = new ArrayList<Part>();
            for (var frame : frames) {
                var payload = frame.payload();
                var bytes = new byte[payload.remaining()];
                payload.get(bytes);
                parts.add(new Part(frame.isText(), bytes));
            }
            return parts;
        }

        Frame frame() {
            return Frame.of(
                    text
                            ? dev.parley.engineio.Packet.parse(new String(bytes, StandardCharsets.UTF_8))
                            : new dev.parley.engineio.Packet.Binary(ByteBuffer.wrap(bytes)));
        }
    }

    private sealed interface Message extends Serializable {

        record Broadcast(ArrayList<Part> packet, BroadcastOptions options) implements Message {}

        record Ask(long question, ArrayList<Part> packet, BroadcastOptions options, long millis) implements Message {}

        record Count(long question, int receivers) implements Message {}

        record Answer(long question, ArrayList<Part> packet) implements Message {}

        record Join(BroadcastOptions options, ArrayList<String> rooms) implements Message {}

        record Leave(BroadcastOptions options, ArrayList<String> rooms) implements Message {}

        record Disconnect(BroadcastOptions options, boolean close) implements Message {}

        record Fetch(long question, BroadcastOptions options) implements Message {}

        record Fetched(long question, ArrayList<String> sockets) implements Message {}

        /** The question is -1 when no answer is wanted. */
        record ServerSide(long question, ArrayList<Part> packet) implements Message {}
    }

    private record Envelope(int from, Message message) implements Serializable {}

    /** Who waits for what other nodes say. */
    private record Question(Consumer<Integer> counts, Consumer<List<JsonNode>> answers, Consumer<List<String>> found) {}

    private final class Node extends ForwardingAdapter {

        private static final ObjectMapper JSON = new ObjectMapper();

        private final Home home;
        private final int number;
        private final LocalAdapter local;
        private final Map<Long, Question> questions = new HashMap<>();
        private long asked;

        Node(Home home, int number) {
            this(home, number, new LocalAdapter(home));
        }

        private Node(Home home, int number, LocalAdapter local) {
            super(local);
            this.home = home;
            this.number = number;
            this.local = local;
        }

        private void publish(Message message) {
            peers(this).forEach(peer -> tell(peer, message));
        }

        private void tell(Node peer, Message message) {
            letters.add(new Letter(peer, write(new Envelope(number, message))));
        }

        void receive(Envelope envelope) {
            var sender = nodes.get(envelope.from());
            switch (envelope.message()) {
                case Message.Broadcast broadcast ->
                    local.broadcast(Outgoing.of(frames(broadcast.packet()), home.parser()), broadcast.options());
                case Message.Ask ask -> {
                    var timeout = Duration.ofMillis(ask.millis());
                    var forget = local.broadcastWithAck(
                            Outgoing.of(frames(ask.packet()), home.parser()), ask.options(), timeout, new Answers() {

                                @Override
                                public void expect(int receivers) {
                                    tell(sender, new Message.Count(ask.question(), receivers));
                                }

                                @Override
                                public void answer(List<JsonNode> arguments) {
                                    tell(sender, new Message.Answer(ask.question(), encoded(arguments)));
                                }
                            });
                    home.timers().after(timeout, forget);
                }
                case Message.Count count -> question(count.question()).counts().accept(count.receivers());
                case Message.Answer answer ->
                    question(answer.question()).answers().accept(decoded(answer.packet()));
                case Message.Join join -> local.addSockets(join.options(), join.rooms());
                case Message.Leave leave -> local.delSockets(leave.options(), leave.rooms());
                case Message.Disconnect disconnect -> local.disconnectSockets(disconnect.options(), disconnect.close());
                case Message.Fetch fetch -> {
                    var found = local.fetchSockets(fetch.options())
                            .toCompletableFuture()
                            .join();
                    var described =
                            new ArrayList<>(found.stream().map(this::described).toList());
                    tell(sender, new Message.Fetched(fetch.question(), described));
                }
                case Message.Fetched fetched ->
                    question(fetched.question()).found().accept(fetched.sockets());
                case Message.ServerSide event ->
                    home.serverSideEvent(
                            decoded(event.packet()),
                            event.question() < 0
                                    ? null
                                    : answer -> tell(sender, new Message.Answer(event.question(), encoded(answer))));
            }
        }

        private Question question(long id) {
            return questions.getOrDefault(id, new Question(count -> {}, answer -> {}, found -> {}));
        }

        private long ask(Question question) {
            questions.put(++asked, question);
            return asked;
        }

        private static List<Frame> frames(List<Part> parts) {
            return parts.stream().map(Part::frame).toList();
        }

        @SuppressWarnings("NonApiType") // a List would not be Serializable
        private ArrayList<Part> encoded(List<JsonNode> values) {
            return Part.of(home.parser().encode(new Packet.Ack(home.namespace(), 0, values)));
        }

        private List<JsonNode> decoded(List<Part> parts) {
            var reader = home.parser().reader();
            Packet read = null;
            for (var frame : frames(parts)) {
                var packet = frame.isText() ? reader.text(frame.text().substring(1)) : reader.binary(frame.payload());
                read = packet.orElse(read);
            }
            return ((Packet.Ack) read).arguments();
        }

        private String described(SocketSnapshot socket) {
            var rooms = JSON.createArrayNode();
            socket.rooms().forEach(rooms::add);
            return JSON.createObjectNode()
                    .put("id", socket.id())
                    .put("address", socket.request().address())
                    .put("opened", socket.opened().toString())
                    .<com.fasterxml.jackson.databind.node.ObjectNode>set("rooms", rooms)
                    .<com.fasterxml.jackson.databind.node.ObjectNode>set("data", socket.data())
                    .set("auth", socket.auth())
                    .toString();
        }

        private SocketSnapshot described(String text) {
            try {
                var tree = JSON.readTree(text);
                var request = new EngineRequest(
                        "GET", "/", Map.of(), Map.of(), tree.path("address").asText(), false);
                var rooms = JSON.convertValue(tree.path("rooms"), String[].class);
                return new SocketSnapshot(
                        tree.path("id").asText(),
                        request,
                        Instant.parse(tree.path("opened").asText()),
                        tree.path("auth"),
                        Set.of(rooms),
                        tree.path("data"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public CompletionStage<Integer> serverCount() {
            return CompletableFuture.completedStage(peers(this).size() + 1);
        }

        @Override
        public void broadcast(Outgoing message, BroadcastOptions options) {
            if (!options.local()) {
                publish(new Message.Broadcast(Part.of(message.frames()), options));
            }
            local.broadcast(message, options);
        }

        @Override
        public Runnable broadcastWithAck(
                Outgoing message, BroadcastOptions options, Duration timeout, Answers answers) {
            if (options.local()) {
                return local.broadcastWithAck(message, options, timeout, answers);
            }
            var counts = new ArrayList<Integer>();
            Consumer<Integer> counted = count -> {
                counts.add(count);
                if (counts.size() == peers(this).size() + 1) {
                    answers.expect(counts.stream().mapToInt(Integer::intValue).sum());
                }
            };
            long id = ask(new Question(counted, answers::answer, found -> {}));
            publish(new Message.Ask(id, Part.of(message.frames()), options, timeout.toMillis()));
            var forget = local.broadcastWithAck(message, options, timeout, new Answers() {

                @Override
                public void expect(int receivers) {
                    counted.accept(receivers);
                }

                @Override
                public void answer(List<JsonNode> arguments) {
                    answers.answer(arguments);
                }
            });
            return () -> {
                forget.run();
                questions.remove(id);
            };
        }

        @Override
        public CompletionStage<List<SocketSnapshot>> fetchSockets(BroadcastOptions options) {
            var all = local.fetchSockets(options).toCompletableFuture().join();
            if (options.local() || peers(this).isEmpty()) {
                return CompletableFuture.completedStage(all);
            }
            var found = new ArrayList<>(all);
            var waiting = new int[] {peers(this).size()};
            var result = new CompletableFuture<List<SocketSnapshot>>();
            long id = ask(new Question(count -> {}, answer -> {}, sockets -> {
                sockets.forEach(socket -> found.add(described(socket)));
                if (--waiting[0] == 0) {
                    result.complete(found);
                }
            }));
            home.timers()
                    .after(
                            Duration.ofSeconds(5),
                            () -> result.completeExceptionally(new IllegalStateException("a node does not answer")));
            publish(new Message.Fetch(id, options));
            return result;
        }

        @Override
        public void addSockets(BroadcastOptions options, Collection<String> rooms) {
            if (!options.local()) {
                publish(new Message.Join(options, new ArrayList<>(rooms)));
            }
            local.addSockets(options, rooms);
        }

        @Override
        public void delSockets(BroadcastOptions options, Collection<String> rooms) {
            if (!options.local()) {
                publish(new Message.Leave(options, new ArrayList<>(rooms)));
            }
            local.delSockets(options, rooms);
        }

        @Override
        public void disconnectSockets(BroadcastOptions options, boolean close) {
            if (!options.local()) {
                publish(new Message.Disconnect(options, close));
            }
            local.disconnectSockets(options, close);
        }

        @Override
        public void serverSideEmit(List<JsonNode> data) {
            publish(new Message.ServerSide(-1, encoded(data)));
        }

        @Override
        public Runnable serverSideEmit(List<JsonNode> data, Duration timeout, Answers answers) {
            long id = ask(new Question(count -> {}, answers::answer, found -> {}));
            answers.expect(peers(this).size());
            publish(new Message.ServerSide(id, encoded(data)));
            return () -> questions.remove(id);
        }

        @Override
        public void close() {
            nodes.remove(this);
            local.close();
        }
    }
}
