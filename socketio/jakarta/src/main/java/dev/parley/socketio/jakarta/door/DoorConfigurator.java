package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Admission;
import dev.parley.engineio.Engine;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** Takes what the filter knows of the request over to the WebSocket. */
final class DoorConfigurator extends ServerEndpointConfig.Configurator {

    static final String ADMISSION = Admission.class.getName();

    private final Engine engine;
    private final WebSocketPorts ports = WebSocketPorts.find();

    private DoorConfigurator(Engine engine) {
        this.engine = engine;
    }

    static ServerEndpointConfig endpoint(Engine engine, String path, ServerContainer container) {
        var endpoint = ServerEndpointConfig.Builder.create(DoorEndpoint.class, path)
                .configurator(new DoorConfigurator(engine));
        if (engine.options().perMessageDeflate()) { // a container offers only what an endpoint lists
            endpoint.extensions(List.copyOf(container.getInstalledExtensions()));
        }
        return endpoint.build();
    }

    /** The filter has looked already. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        UpgradeFilter.current().ifPresent(known -> config.getUserProperties().put(ADMISSION, known));
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(new DoorEndpoint(engine, ports));
    }
}
