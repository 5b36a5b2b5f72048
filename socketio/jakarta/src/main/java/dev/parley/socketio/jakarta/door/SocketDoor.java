package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Engine;
import jakarta.servlet.ServletContext;

/** The servlet, filter and WebSocket endpoint that lead to an engine, all under one path. */
public final class SocketDoor {

    private SocketDoor() {}

    /**
     * Registers the door. Call it from {@code contextInitialized} of a listener declared in a descriptor or by annotation (there
     * every container has its WebSocket support in place and still accepts servlets). Who built the engine closes it at
     * {@code contextDestroyed}.
     *
     * @throws IllegalStateException when the container has no Jakarta WebSocket or the context already runs
     */
    @SuppressWarnings("DoNotCallSuggester") // until the engine behind it lands
    public static void mount(ServletContext context, Engine engine, DoorOptions options) {
        throw new UnsupportedOperationException("not yet: " + options + context.getContextPath() + engine.options());
    }
}
