package dev.parley.socketio.jakarta;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;

/** A CDI container with these bean classes and the extension, its endpoints attached to a fake server. */
final class Deployment implements AutoCloseable {

    final FakeServer server = new FakeServer();
    final SeContainer container;
    final Endpoints endpoints;

    Deployment(Class<?>... beanClasses) {
        this(List.of(), beanClasses);
    }

    Deployment(List<Extension> others, Class<?>... beanClasses) {
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new EndpointExtension())
                .addExtensions(others.toArray(Extension[]::new))
                .addBeanClasses(beanClasses)
                .initialize();
        try {
            BeanManager beans = container.getBeanManager();
            endpoints = Endpoints.of(beans.getExtension(EndpointExtension.class).endpoints(), server, beans);
            endpoints.attach();
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
