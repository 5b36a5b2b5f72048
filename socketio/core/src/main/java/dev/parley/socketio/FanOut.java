package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The same receivers in each of several namespaces; which those are is asked when it comes to acting. */
record FanOut(Supplier<Collection<Namespace>> namespaces, UnaryOperator<Broadcast> narrowed) implements Broadcast {

    private FanOut then(UnaryOperator<Broadcast> more) {
        return new FanOut(namespaces, broadcast -> more.apply(narrowed.apply(broadcast)));
    }

    private void each(Consumer<Broadcast> action) {
        namespaces.get().forEach(namespace -> action.accept(narrowed.apply(namespace.all())));
    }

    private <T> CompletionStage<List<T>> gather(Function<Broadcast, CompletionStage<List<T>>> question) {
        return gather(namespaces.get(), namespace -> question.apply(narrowed.apply(namespace.all())));
    }

    /** What each of them answers, together. */
    static <T> CompletionStage<List<T>> gather(
            Collection<Namespace> namespaces, Function<Namespace, CompletionStage<List<T>>> question) {
        BinaryOperator<CompletionStage<List<T>>> both = (one, other) -> one.thenCombine(
                other,
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        return namespaces.stream().map(question).reduce(CompletableFuture.completedStage(List.of()), both);
    }

    @Override
    public Broadcast to(String... rooms) {
        return then(broadcast -> broadcast.to(rooms));
    }

    @Override
    public Broadcast except(String... rooms) {
        return then(broadcast -> broadcast.except(rooms));
    }

    @Override
    public Broadcast local() {
        return then(Broadcast::local);
    }

    @Override
    public Broadcast whenWritable() {
        return then(Broadcast::whenWritable);
    }

    @Override
    public Broadcast compress(boolean allowed) {
        return then(broadcast -> broadcast.compress(allowed));
    }

    @Override
    public Broadcast timeout(Duration timeout) {
        return then(broadcast -> broadcast.timeout(timeout));
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        each(broadcast -> broadcast.emit(event, arguments));
    }

    @Override
    public CompletionStage<List<List<JsonNode>>> emitWithAck(String event, @Nullable Object... arguments) {
        return gather(broadcast -> broadcast.emitWithAck(event, arguments));
    }

    @Override
    public CompletionStage<List<RemoteSocket>> fetchSockets() {
        return gather(Broadcast::fetchSockets);
    }

    @Override
    public void socketsJoin(String... rooms) {
        each(broadcast -> broadcast.socketsJoin(rooms));
    }

    @Override
    public void socketsLeave(String... rooms) {
        each(broadcast -> broadcast.socketsLeave(rooms));
    }

    @Override
    public void disconnectSockets(boolean close) {
        each(broadcast -> broadcast.disconnectSockets(close));
    }
}
