package dev.parley.engineio;

import java.util.function.Consumer;

/** One HTTP request and its response: what an engine needs of a server to serve polling. */
public interface HttpExchange {

    /** What is known before the body is read. */
    EngineRequest request();

    /**
     * Reads the body and calls the receiver once, now or later, on any thread. Must not block.
     *
     * @param limit bytes; more than that is {@link Body.TooLarge} and need not be read
     */
    void readBody(int limit, Consumer<Body> receiver);

    /** Responds; from any thread, without blocking; only the first call counts. A client that is gone is no error. */
    void respond(EngineResponse response);

    /**
     * As {@link #respond(EngineResponse)}.
     *
     * @param end told once, on any thread, when the response has been written or never will be
     */
    default void respond(EngineResponse response, ResponseEnd end) {
        respond(response);
        end.ended(true);
    }

    /**
     * Asks to be told when the client goes away before it is answered. Told at most once, on any thread, and not after
     * {@link #respond}; a server that cannot notice never tells.
     */
    default void whenGone(Runnable gone) {}

    /** Learns what became of a response. */
    @FunctionalInterface
    interface ResponseEnd {

        /** @param written all of it was handed to the connection, which is the most that a server can know */
        void ended(boolean written);
    }

    /** What became of a request's body. */
    sealed interface Body {

        /** All of it, as text. */
        record Complete(String text) implements Body {}

        /** It was longer than the limit; the rest was not read. */
        record TooLarge() implements Body {}

        /** The connection ended before the body did. */
        record Broken() implements Body {}
    }
}
