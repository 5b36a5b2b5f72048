package dev.parley.socketio.jakarta;

import dev.parley.socketio.Socket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The replies of a deployment that has no {@link Replies} bean. What went wrong stays in the log. */
final class PlainReplies implements Replies {

    static final Map<String, String> INTERNAL = Map.of("error", "internal");

    private static final Logger LOG = System.getLogger(PlainReplies.class.getName());

    @Override
    public @Nullable Object success(@Nullable Object result) {
        return result;
    }

    @Override
    public Object failure(Socket socket, String event, Throwable failure) {
        if (failure instanceof WrongArgument wrong && wrong.getMessage() != null) {
            return Map.of("error", wrong.getMessage()); // the client's own doing, and nothing that it does not know
        }
        failedUnacknowledged(socket, event, failure);
        return INTERNAL;
    }

    @Override
    public void failedUnacknowledged(Socket socket, String event, Throwable failure) {
        LOG.log(Level.WARNING, "Handler of \"" + event + "\" failed for socket " + socket.id(), failure);
    }

    @Override
    public Object unknownEvent(Socket socket, String event) {
        return Map.of("error", "unknown event");
    }
}
