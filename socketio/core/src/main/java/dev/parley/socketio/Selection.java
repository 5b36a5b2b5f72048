package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.adapter.Adapter;
import dev.parley.socketio.adapter.BroadcastOptions;
import dev.parley.socketio.protocol.Outgoing;
import dev.parley.socketio.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Receivers within one namespace. */
record Selection(LiveNamespace namespace, BroadcastOptions options) implements Broadcast {

    /** Until a full executor is asked again. */
    private static final Duration AGAIN = Duration.ofMillis(50);

    @Override
    public Broadcast to(String... rooms) {
        return new Selection(namespace, options.to(rooms));
    }

    @Override
    public Broadcast except(String... rooms) {
        return new Selection(namespace, options.except(rooms));
    }

    @Override
    public Broadcast local() {
        return new Selection(namespace, options.onlyLocal());
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        adapter().broadcast(message(event, arguments), options);
    }

    @Override
    public void volatileEmit(String event, @Nullable Object... arguments) {
        adapter().broadcast(message(event, arguments), options.whenWritable());
    }

    @Override
    public CompletionStage<List<List<JsonNode>>> emitWithAck(
            Duration timeout, String event, @Nullable Object... arguments) {
        var gathered = new Gathering();
        var forget = adapter().broadcastWithAck(message(event, arguments), options, timeout, gathered);
        var timer = namespace.timers().after(timeout, () -> {
            forget.run();
            expire(gathered, timeout);
        });
        var unused = gathered.all.whenComplete((answers, failure) -> timer.cancel());
        return gathered.all;
    }

    private void expire(Gathering gathered, Duration timeout) {
        try {
            namespace.executor().execute(() -> gathered.expire(timeout));
        } catch (RejectedExecutionException e) {
            // No thread is free for what the application does then; it must not run on the timer's.
            var unused = namespace.timers().after(AGAIN, () -> expire(gathered, timeout));
        }
    }

    @Override
    public void socketsJoin(String... rooms) {
        adapter().addSockets(options, List.of(rooms));
    }

    @Override
    public void socketsLeave(String... rooms) {
        adapter().delSockets(options, List.of(rooms));
    }

    @Override
    public void disconnectSockets(boolean close) {
        adapter().disconnectSockets(options, close);
    }

    private Adapter adapter() {
        return namespace.adapter();
    }

    private Outgoing message(String event, @Nullable Object... arguments) {
        return Outgoing.of(
                new Packet.Event(
                        namespace.name(), Packet.NO_ACK, namespace.arguments().event(event, arguments)),
                namespace.parser());
    }

    /** The answers of many. */
    private static final class Gathering implements Adapter.Answers {

        private static final int UNKNOWN = -1;

        private final CompletableFuture<List<List<JsonNode>>> all = new CompletableFuture<>();
        private final List<List<JsonNode>> answers = new ArrayList<>();
        private int expected = UNKNOWN;

        @Override
        public void expect(int receivers) {
            take(receivers, null);
        }

        @Override
        public void answer(List<JsonNode> arguments) {
            take(UNKNOWN, arguments);
        }

        private void take(int receivers, @Nullable List<JsonNode> answer) {
            List<List<JsonNode>> complete;
            synchronized (answers) {
                if (receivers != UNKNOWN) {
                    expected = receivers;
                }
                if (answer != null) {
                    answers.add(answer);
                }
                if (expected == UNKNOWN || answers.size() < expected) {
                    return;
                }
                complete = List.copyOf(answers);
            }
            all.complete(complete);
        }

        private void expire(Duration timeout) {
            List<List<JsonNode>> some;
            int missing;
            synchronized (answers) {
                some = List.copyOf(answers);
                missing = Math.max(0, expected - some.size());
            }
            all.completeExceptionally(
                    new Unanswered(missing + " acknowledgements missing after " + timeout.toMillis() + " ms", some));
        }
    }
}
