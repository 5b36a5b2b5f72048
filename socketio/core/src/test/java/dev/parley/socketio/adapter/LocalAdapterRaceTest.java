package dev.parley.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.Timers;
import dev.parley.socketio.protocol.Outgoing;
import dev.parley.socketio.protocol.Parser;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LocalAdapterRaceTest {

    private final List<Nobody> sockets =
            IntStream.range(0, 300).mapToObj(i -> new Nobody("socket " + i)).toList();

    private final LocalAdapter adapter = new LocalAdapter(new Anywhere());

    @Test
    void a_socket_that_joins_and_leaves_a_room_at_once_leaves_nothing_behind() throws Exception {
        sockets.forEach(socket -> adapter.addAll(socket, List.of()));

        together(
                socket -> adapter.addAll(socket, rooms(socket)),
                socket -> rooms(socket).forEach(room -> adapter.del(socket, room)));

        sockets.forEach(adapter::delAll);
        assertThat(adapter.size()).isZero();
    }

    @Test
    void a_socket_that_joins_and_goes_at_once_leaves_no_room_behind() throws Exception {
        together(socket -> adapter.addAll(socket, rooms(socket)), adapter::delAll);

        sockets.forEach(adapter::delAll);
        assertThat(adapter.size()).isZero();
    }

    private static List<String> rooms(Nobody socket) {
        return IntStream.range(0, 50).mapToObj(i -> i + " of " + socket.id()).toList();
    }

    /** For each socket both are done at the same time, as closely together as two threads can. */
    private void together(Consumer<Nobody> first, Consumer<Nobody> second) throws Exception {
        var started = new AtomicInteger();
        var other = Thread.ofPlatform().start(() -> each(started, second));
        each(started, first);
        other.join();
    }

    private void each(AtomicInteger started, Consumer<Nobody> action) {
        int expected = 0;
        for (var socket : sockets) {
            expected += 2;
            started.incrementAndGet();
            while (started.get() < expected) {
                Thread.onSpinWait();
            }
            action.accept(socket);
        }
    }

    private record Nobody(String id) implements Subscriber {

        @Override
        public boolean connected() {
            return true;
        }

        @Override
        public void deliver(Outgoing message, boolean isVolatile) {}

        @Override
        public void deliver(Outgoing message, Consumer<List<JsonNode>> answer) {}

        @Override
        public void forget(long ackId) {}

        @Override
        public SocketSnapshot snapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void join(Collection<String> rooms) {}

        @Override
        public void leave(String room) {}

        @Override
        public void disconnect(boolean close) {}
    }

    private static final class Anywhere implements Home {

        @Override
        public String namespace() {
            return "/";
        }

        @Override
        public Parser parser() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextAckId() {
            return 0;
        }

        @Override
        public Timers timers() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }

        @Override
        public Optional<RoomListener> rooms() {
            return Optional.empty();
        }

        @Override
        public void serverSideEvent(List<JsonNode> data, @Nullable Consumer<List<JsonNode>> answer) {}
    }
}
