package dev.parley.socketio.jakarta.door;

import jakarta.websocket.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Stops and resumes the reading of one WebSocket. The standard API has no way to do it; Undertow's channel has, and is asked by name,
 * so that no server is needed to compile or run this.
 */
final class InboundValve {

    private final Object channel;
    private final Method suspend;
    private final Method resume;

    private InboundValve(Object channel, Method suspend, Method resume) {
        this.channel = channel;
        this.suspend = suspend;
        this.resume = resume;
    }

    /** Empty where the server is not Undertow. */
    static Optional<InboundValve> of(Session session) {
        if (!session.getClass().getName().startsWith("io.undertow.")) {
            return Optional.empty();
        }
        try {
            var channel = session.getClass().getMethod("getWebSocketChannel").invoke(session);
            var type = channel.getClass();
            return Optional.of(
                    new InboundValve(channel, type.getMethod("suspendReceives"), type.getMethod("resumeReceives")));
        } catch (ReflectiveOperationException e) {
            return Optional.empty(); // another Undertow than we know
        }
    }

    void close() {
        turn(suspend);
    }

    void open() {
        turn(resume);
    }

    private void turn(Method way) {
        try {
            way.invoke(channel);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // it was public a moment ago
        } catch (InvocationTargetException e) {
            // The connection is lost: there is nothing to read any more.
        }
    }
}
