package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.socketio.testkit.WebApplication;
import org.junit.jupiter.api.Test;

class EndpointScanTest {

    @SocketEndpoint
    static class Deaf {
        @OnEvent("x")
        void x() {}
    }

    @Test
    void an_endpoint_that_is_no_bean_fails_the_deployment() {
        assertThatThrownBy(() -> {
                    try (WebApplication server = WebApplication.ofPackage("dev.parley.socketio.sample")
                            .listener(SocketApplication.class)
                            .scanned(Deaf.class)
                            .start()) {
                        assertThat(server.uri()).isNull(); // not reached
                    }
                })
                .hasStackTraceContaining("Socket endpoints that are no CDI beans: " + Deaf.class.getName()
                        + "; give them a scope such as @ApplicationScoped");
    }
}
