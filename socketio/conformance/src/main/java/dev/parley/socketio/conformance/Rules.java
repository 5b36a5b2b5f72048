package dev.parley.socketio.conformance;

import dev.parley.engineio.Cors;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.IdGenerator;
import dev.parley.engineio.Refusal;
import dev.parley.engineio.SessionCookie;
import dev.parley.socketio.ConnectionRefused;
import dev.parley.socketio.SocketServer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server at {@code /rules/} with every option set, and with what the usual fixtures have no event for. */
final class Rules {

    private static final IdGenerator IDS = IdGenerator.random();

    private Rules() {}

    static EngineOptions.Builder options() {
        return EngineOptions.builder()
                .cors(new Cors(Set.of("https://page.example"), true))
                .cookie(new SessionCookie("io", "/", false))
                .allowRequest(Rules::check)
                .generateId(Rules::id)
                .initialHeaders((request, headers) -> headers.put("X-Initial", "1"))
                .headers((request, headers) -> headers.put("X-Each", "2"));
    }

    private static Optional<Refusal> check(EngineRequest request) {
        if (request.parameter("fail").isPresent()) {
            throw new IllegalStateException("as the request wishes");
        }
        return request.parameter("refuse").map(Refusal::forbidden);
    }

    private static String id(EngineRequest request) {
        if (request.parameter("noId").isPresent()) {
            throw new IllegalStateException("as the request wishes");
        }
        return IDS.generate(request);
    }

    static void install(SocketServer server) {
        server.of("/deny").use(socket -> {
            throw new ConnectionRefused("not allowed", Map.of("code", 42));
        });
        server.of("/early").use(socket -> socket.emit("early"));
        server.of("/").onConnect(socket -> {
            socket.on("leave", event -> socket.disconnect(false));
            socket.on("kick", event -> socket.disconnect(true));
            socket.on("ask", event -> {
                var unused = socket.emitWithAck("question", event.arguments().toArray())
                        .thenAccept(answer -> socket.emit("answered", answer.toArray()));
            });
            socket.on(
                    "long",
                    event -> socket.compress(event.argument(0).asBoolean()).emit("text", "x".repeat(2000)));
        });
        server.of("/room").onConnect(socket -> {
            socket.join("room");
            socket.on(
                    "say",
                    event -> server.of("/room")
                            .to("room")
                            .emit("said", event.arguments().toArray()));
            socket.on(
                    "tell",
                    event -> socket.to("room").emit("told", event.arguments().toArray()));
        });
    }
}
