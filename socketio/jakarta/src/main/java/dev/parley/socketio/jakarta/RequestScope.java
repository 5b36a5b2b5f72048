package dev.parley.socketio.jakarta;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;

/** Gives each call a CDI request context of its own: no HTTP request stands behind a socket's events. */
final class RequestScope {

    private final BeanManager beans;
    private final Bean<?> controller;

    RequestScope(BeanManager beans) {
        this.beans = beans;
        this.controller = beans.resolve(beans.getBeans(RequestContextController.class));
    }

    void run(Runnable call) {
        CreationalContext<?> context = beans.createCreationalContext(controller);
        RequestContextController request =
                (RequestContextController) beans.getReference(controller, RequestContextController.class, context);
        boolean activated = request.activate(); // false inside of somebody's request context: then it is theirs to end
        try {
            call.run();
        } finally {
            if (activated) {
                request.deactivate();
            }
            context.release();
        }
    }
}
