package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What one socket's client is asked, and what becomes of it. */
final class Questions {

    private final LiveNamespace namespace;
    private final Client client;
    private final Acknowledgements acknowledgements;

    Questions(LiveNamespace namespace, Client client) {
        this.namespace = namespace;
        this.client = client;
        this.acknowledgements = new Acknowledgements(namespace.settings().maxPendingAcks());
    }

    /** The answer to come; it has failed already when the client owes too many. */
    CompletableFuture<List<JsonNode>> ask(long ackId, Duration timeout) {
        var answer = new CompletableFuture<List<JsonNode>>();
        // The answer is expected before its time runs, which may be over at once.
        var waiter = new Acknowledgements.Waiter(answer::complete, () -> fail(answer, "the client is gone"));
        if (!acknowledgements.expect(ackId, waiter)) {
            var limit = namespace.settings().maxPendingAcks();
            answer.completeExceptionally(new Unanswered("the client owes " + limit + " acknowledgements", List.of()));
            return answer;
        }
        var timer = namespace.timers().after(timeout, () -> {
            if (acknowledgements.forget(ackId)) {
                fail(answer, "no acknowledgement within " + timeout.toMillis() + " ms");
            }
        });
        var unused = answer.whenComplete((arrived, failure) -> timer.cancel());
        return answer;
    }

    private void fail(CompletableFuture<List<JsonNode>> answer, String message) {
        // What the application does then must not run on the timer's thread.
        client.later(() -> answer.completeExceptionally(new Unanswered(message, List.of())));
    }

    /** One of many who are asked the same: who asks keeps the time. A client that owes too many is asked in vain. */
    void expect(long ackId, Consumer<List<JsonNode>> answer) {
        acknowledgements.expect(ackId, new Acknowledgements.Waiter(answer, () -> {}));
    }

    void forget(long ackId) {
        acknowledgements.forget(ackId);
    }

    void answer(long ackId, List<JsonNode> arguments) {
        acknowledgements.answer(ackId, arguments);
    }

    void abandonAll() {
        acknowledgements.abandonAll();
    }

    int pending() {
        return acknowledgements.pending();
    }
}
