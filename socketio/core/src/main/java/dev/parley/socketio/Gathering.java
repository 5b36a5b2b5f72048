package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.adapter.Adapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The answers of many to one question. */
final class Gathering implements Adapter.Answers {

    private static final int UNKNOWN = -1;
    /** Until a full executor is asked again. */
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final CompletableFuture<List<List<JsonNode>>> all = new CompletableFuture<>();
    private final List<List<JsonNode>> answers = new ArrayList<>();
    private int expected = UNKNOWN;

    private Gathering() {}

    /** @param question asks, and returns what makes everybody forget that they were asked */
    static CompletionStage<List<List<JsonNode>>> ask(
            LiveNamespace namespace, Duration timeout, Function<Adapter.Answers, Runnable> question) {
        var gathered = new Gathering();
        var forget = question.apply(gathered);
        var timer = namespace.timers().after(timeout, () -> {
            forget.run();
            gathered.expire(namespace, timeout);
        });
        var unused = gathered.all.whenComplete((answers, failure) -> timer.cancel());
        return gathered.all;
    }

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

    private void expire(LiveNamespace namespace, Duration timeout) {
        try {
            namespace.executor().execute(() -> fail(timeout));
        } catch (RejectedExecutionException e) {
            // No thread is free for what the application does then; it must not run on the timer's.
            var unused = namespace.timers().after(AGAIN, () -> expire(namespace, timeout));
        }
    }

    private void fail(Duration timeout) {
        List<List<JsonNode>> some;
        int missing;
        synchronized (answers) {
            some = List.copyOf(answers);
            missing = expected - some.size();
        }
        all.completeExceptionally(new Unanswered(
                (expected == UNKNOWN ? "other servers" : missing + " acknowledgements") + " missing after "
                        + timeout.toMillis() + " ms",
                some));
    }
}
