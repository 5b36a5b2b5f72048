package dev.parley.socketio.jakarta;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.jspecify.annotations.Nullable;

/**
 * Opens the door when a web application with this library starts, and closes it when it ends. A container that scans
 * {@code WEB-INF/lib} finds it by itself; elsewhere register it as a listener after that of CDI.
 */
@WebListener
public final class SocketApplication implements ServletContextListener {

    private @Nullable ServerLife life;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        BeanManager beans = CDI.current().getBeanManager();
        EndpointExtension extension = beans.getExtension(EndpointExtension.class);
        EndpointScan.check(event.getServletContext(), extension.endpoints());
        life = extension.life();
        extension.life().open(event.getServletContext(), extension.endpoints(), beans);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (life != null) {
            life.end();
        }
    }
}
