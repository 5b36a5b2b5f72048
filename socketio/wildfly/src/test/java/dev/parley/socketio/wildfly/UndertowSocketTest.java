package dev.parley.socketio.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.jakarta.door.WebSocketPorts;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class UndertowSocketTest extends SocketContract {

    @Override
    boolean standard() {
        return true;
    }

    @Test
    void is_what_the_door_writes_with() {
        assertThat(ServiceLoader.load(WebSocketPorts.class)).singleElement().isInstanceOf(UndertowPorts.class);
    }
}
