package dev.parley.socketio.jakarta;

import jakarta.enterprise.inject.spi.Bean;
import java.util.List;

/** A {@link SocketEndpoint} bean and its handler methods. */
record Endpoint(Bean<?> bean, NamespacePattern pattern, List<Signature> signatures) {

    Endpoint {
        signatures = List.copyOf(signatures);
    }

    Class<?> beanClass() {
        return bean.getBeanClass();
    }

    /** Endpoints of the same name share their namespaces. */
    String namespace() {
        return pattern.toString();
    }
}
