package dev.parley.socketio.jakarta.door;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ServiceLoader;

/**
 * Notices that a client went away while its request waits, which the servlet API does not tell before something is written; found by
 * {@link ServiceLoader}. Without one a client that repeats such a request by itself is told that it polls twice.
 */
@FunctionalInterface
public interface ClientWatch {

    /** Watches nobody. */
    ClientWatch NONE = (request, longestWait) -> Client.UNSEEN;

    /**
     * Asked on the thread that serves the request, before anything waits.
     *
     * @param longestWait until the request is answered
     */
    Client client(HttpServletRequest request, Duration longestWait);

    /** Who sent a request. */
    interface Client {

        /** Cannot be watched. */
        Client UNSEEN = new Client() {
            @Override
            public void watch(Runnable gone) {
                // Nothing would be seen.
            }

            @Override
            public void leave() {
                // Nothing is watched.
            }
        };

        /**
         * Watches from now on; from any thread.
         *
         * @param gone called at most once, without blocking the thread that it is called on
         */
        void watch(Runnable gone);

        /** Ends watching; from any thread, before the response is begun. Once it returns the connection is not touched any more. */
        void leave();
    }

    /** The one on the class path, if any. */
    static ClientWatch find() {
        var found = OnClassPath.find(ClientWatch.class, "polling clients are not watched");
        return found.isEmpty() ? NONE : found.getFirst();
    }
}
