package dev.parley.socketio.jakarta;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.door.SocketDoor;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/**
 * Opens the door when a web application with this library starts, and closes server and endpoints when it ends. A container that
 * scans {@code WEB-INF/lib} finds it by itself; elsewhere register it as a listener after that of CDI.
 */
public final class SocketApplication implements ServletContextListener {

    private @Nullable SocketServer server;
    private @Nullable Endpoints endpoints;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        BeanManager beans = CDI.current().getBeanManager();
        SocketServer started = server(beans);
        server = started;
        Endpoints bound =
                Endpoints.of(beans.getExtension(EndpointExtension.class).endpoints(), started, beans);
        endpoints = bound;
        bound.attach();
        SocketDoor.mount(
                event.getServletContext(),
                started.engine(),
                ServerLife.options(beans).door());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (server != null) {
            server.close();
        }
        if (endpoints != null) {
            endpoints.release();
        }
    }

    private static SocketServer server(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(SocketServer.class));
        return (SocketServer) beans.getReference(bean, SocketServer.class, beans.createCreationalContext(bean));
    }
}
