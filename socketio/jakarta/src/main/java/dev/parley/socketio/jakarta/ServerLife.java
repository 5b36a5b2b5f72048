package dev.parley.socketio.jakarta;

import dev.parley.socketio.ServerListener;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.SocketServerBuilder;
import dev.parley.socketio.jakarta.door.ContainerThreads;
import dev.parley.socketio.jakarta.door.SocketDoor;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The application's one server, from its first use until the application ends. */
final class ServerLife {

    private static final Logger LOG = System.getLogger(ServerLife.class.getName());

    /** What to close, last first; guarded by itself, emptied before anything is closed. */
    private final Deque<Runnable> endings = new ArrayDeque<>();

    private final ThreadLocal<Boolean> beginning = new ThreadLocal<>();

    private volatile @Nullable ServletContext context;

    /**
     * Builds the server with its endpoints; the CDI container calls it when the bean is used for the first time.
     *
     * @throws DeploymentException when an endpoint cannot be bound, or uses the server before there is one
     */
    SocketServer begin(List<Endpoint> endpoints, BeanManager beans) {
        if (Boolean.TRUE.equals(beginning.get())) {
            throw new DeploymentException(
                    "The SocketServer was used while it is built: a @SocketEndpoint or an Authenticator"
                            + " without a scope is created then and cannot use the server in @PostConstruct; make it @ApplicationScoped");
        }
        beginning.set(true);
        try {
            return build(endpoints, beans);
        } finally {
            beginning.remove();
        }
    }

    private SocketServer build(List<Endpoint> endpoints, BeanManager beans) {
        SocketOptions options = options(beans);
        ContainerThreads threads = ContainerThreads.find();
        SocketServerBuilder builder = SocketServer.builder(threads.executor(), threads.timer());
        options.applyTo(builder, Endpoints.mapper(beans));
        CreationalContext<?> watchers = beans.createCreationalContext(null);
        Placed.of(ServerListener.class, beans, watchers).forEach(builder::listener);
        beans.getEvent().select(SocketServerBuilder.class).fire(builder); // the application has the last word
        SocketServer server = builder.build();
        synchronized (endings) {
            endings.push(threads::close);
            endings.push(server::close);
            endings.addLast(watchers::release);
        }
        Endpoints bound = Endpoints.of(endpoints, server, beans);
        synchronized (endings) {
            endings.addLast(bound::release);
        }
        bound.attach();
        beans.getEvent().select(SocketServer.class).fire(server); // other modules add theirs
        return server;
    }

    /** Lets clients in. */
    void open(ServletContext servlets, List<Endpoint> endpoints, BeanManager beans) {
        context = servlets;
        SocketServer server = server(beans);
        if (!endpoints.isEmpty() && EndpointReader.authenticator(beans).isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "No Authenticator bean: anybody may connect, and clients say what is in every parameter of the handlers");
        }
        SocketDoor.mount(servlets, server.engine(), options(beans).door());
    }

    /** Whether this is the web application that was opened: there may be others in an EAR. */
    boolean isOf(Object servlets) {
        return servlets == context;
    }

    /** Disconnects everybody, while the endpoints can still be told; idempotent. */
    void end() {
        List<Runnable> open;
        synchronized (endings) {
            open = List.copyOf(endings);
            endings.clear();
        }
        open.forEach(Runnable::run);
    }

    private static SocketServer server(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(SocketServer.class));
        return (SocketServer) beans.getReference(bean, SocketServer.class, beans.createCreationalContext(bean));
    }

    /** The application's options bean, or what is configured. */
    private static SocketOptions options(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(SocketOptions.class));
        if (bean == null) {
            return SocketOptions.configured();
        }
        CreationalContext<?> context = beans.createCreationalContext(bean);
        return (SocketOptions) beans.getReference(bean, SocketOptions.class, context);
    }
}
