package dev.parley.socketio.jakarta;

import jakarta.enterprise.inject.spi.Bean;
import java.util.List;

/** A {@link SocketEndpoint} bean and its handler methods. */
record Endpoint(Bean<?> bean, String namespace, List<Signature> signatures) {

    Endpoint {
        signatures = List.copyOf(signatures);
    }

    Class<?> beanClass() {
        return bean.getBeanClass();
    }

    /** The namespace's name as it is on the wire. */
    static String namespace(SocketEndpoint endpoint) {
        return endpoint.value().startsWith("/") ? endpoint.value() : "/" + endpoint.value();
    }
}
