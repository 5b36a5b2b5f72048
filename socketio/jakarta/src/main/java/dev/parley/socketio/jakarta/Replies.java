package dev.parley.socketio.jakarta;

import dev.parley.socketio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A CDI bean that shapes what handler methods return and throw into acknowledgements. Without one, a result is acknowledged as
 * it is, arguments that do not fit as {@code {"error": "what is wrong"}}, and any other failure as {@code {"error": "internal"}}.
 */
public interface Replies {

    /** Called before each event, also before unknown ones; what it throws is told as a {@link #failure} and no handler is called. */
    default void admit(Socket socket, String event) {}

    /** The acknowledgement of a handler that returned; {@code result} is null for {@code void}. */
    @Nullable
    Object success(@Nullable Object result);

    /** The acknowledgement of a handler that threw; arguments that do not bind arrive here as {@link WrongArgument}. */
    Object failure(Socket socket, String event, Throwable failure);

    /** Told instead of {@link #failure} when the client asked for no acknowledgement. */
    default void failedUnacknowledged(Socket socket, String event, Throwable failure) {}

    /** The acknowledgement of an event that no method handles. */
    Object unknownEvent(Socket socket, String event);
}
