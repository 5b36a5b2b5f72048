package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Engine;
import dev.parley.engineio.RequestCheck;
import dev.parley.engineio.TransportName;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The servlet, filter and WebSocket endpoint that lead to an engine, all under one path. */
public final class SocketDoor {

    private static final String WEB_SOCKETS = "jakarta.websocket.server.ServerContainer";

    private SocketDoor() {}

    /**
     * Registers the door. Call it from {@code contextInitialized} of a listener declared in a descriptor or by annotation (there
     * every container has its WebSocket support in place and still accepts servlets). Who built the engine closes it at
     * {@code contextDestroyed}.
     *
     * @throws IllegalStateException when the container has no Jakarta WebSocket or the context already runs
     */
    public static void mount(ServletContext context, Engine engine, DoorOptions options) {
        var origins = new OriginCheck(options.origins());
        var name = "parley-door" + options.folder();
        var files = engine.options().serveClient() ? ClientFiles.find() : Optional.<ClientFiles>empty();
        var servlet = context.addServlet(
                name, new PollingServlet(engine, options.polling() ? origins : RequestCheck.ALLOW_ALL, files, options));
        if (servlet == null) {
            throw new IllegalStateException("a door is mounted at " + options.path() + " already");
        }
        servlet.setAsyncSupported(true);
        servlet.addMapping(options.folder() + "*");
        if (engine.options().transports().contains(TransportName.WEBSOCKET)) {
            var filter = context.addFilter(
                    name,
                    new UpgradeFilter(
                            engine,
                            origins,
                            options.standardWebSocket() ? SocketTakeover.NONE : SocketTakeover.find()));
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, options.folder() + "*");
            addEndpoint(context, engine, options);
        }
    }

    private static void addEndpoint(ServletContext context, Engine engine, DoorOptions options) {
        if (!(context.getAttribute(WEB_SOCKETS) instanceof ServerContainer container)) {
            throw new IllegalStateException("this container has no Jakarta WebSocket");
        }
        try {
            for (var path : new TreeSet<>(List.of(options.path(), options.folder()))) {
                container.addEndpoint(DoorConfigurator.endpoint(engine, path, container));
            }
        } catch (DeploymentException e) {
            throw new IllegalStateException("no WebSocket endpoint at " + options.path(), e);
        }
    }
}
