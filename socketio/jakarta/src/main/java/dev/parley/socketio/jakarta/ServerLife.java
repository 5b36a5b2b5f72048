package dev.parley.socketio.jakarta;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.door.ContainerThreads;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import org.jspecify.annotations.Nullable;

/** Begins and ends the application's one server, with the threads it runs on. */
final class ServerLife {

    private @Nullable ContainerThreads threads;

    SocketServer begin(BeanManager beans) {
        SocketOptions options = options(beans);
        ContainerThreads found = ContainerThreads.find();
        threads = found;
        return SocketServer.builder(found.executor(), found.timer())
                .engine(options.engine())
                .connectTimeout(options.connectTimeout())
                .json(Endpoints.mapper(beans))
                .build();
    }

    void end(SocketServer server) {
        server.close();
        if (threads != null) {
            threads.close();
        }
    }

    /** The application's options bean, or what is configured. */
    static SocketOptions options(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(SocketOptions.class));
        if (bean == null) {
            return SocketOptions.configured();
        }
        CreationalContext<?> context = beans.createCreationalContext(bean);
        return (SocketOptions) beans.getReference(bean, SocketOptions.class, context);
    }
}
