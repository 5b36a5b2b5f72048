package dev.parley.socketio.jakarta;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** A CDI container with these bean classes and the extension, its endpoints attached to a fake server. */
final class Deployment implements AutoCloseable {

    final FakeServer server = new FakeServer();
    final SeContainer container;

    Deployment(Class<?>... beanClasses) {
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new EndpointExtension())
                .addBeanClasses(beanClasses)
                .initialize();
        try {
            container.getBeanManager().getExtension(EndpointExtension.class).attach(server, container.getBeanManager());
        } catch (RuntimeException broken) {
            container.close();
            throw broken;
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
