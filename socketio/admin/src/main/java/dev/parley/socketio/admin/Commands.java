package dev.parley.socketio.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.Event;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What an administrator may do: emit, join, leave and disconnect, for one socket, a room or all. */
final class Commands {

    private final SocketServer server;

    Commands(SocketServer server) {
        this.server = server;
    }

    void listen(Socket administrator) {
        on(administrator, "emit", 1, this::emit);
        on(administrator, "join", 2, (target, event) -> target.socketsJoin(text(event, 1)));
        on(administrator, "leave", 2, (target, event) -> target.socketsLeave(text(event, 1)));
        on(
                administrator,
                "_disconnect",
                2,
                (target, event) -> target.disconnectSockets(event.argument(1).asBoolean()));
    }

    private void emit(Broadcast target, Event event) {
        Object[] arguments = event.arguments()
                .subList(
                        Math.min(3, event.arguments().size()), event.arguments().size())
                .toArray();
        target.emit(text(event, 2), arguments);
    }

    /** @param filter which argument names the socket or room, all when it is missing or null */
    private void on(Socket administrator, String name, int filter, BiConsumer<Broadcast, Event> command) {
        administrator.on(
                name,
                event -> namespace(event.argument(0).asText()).ifPresent(namespace -> {
                    JsonNode room = event.argument(filter);
                    try {
                        command.accept(room.isTextual() ? namespace.to(room.textValue()) : namespace.all(), event);
                    } catch (IllegalArgumentException reserved) {
                        System.getLogger(AdminUi.class.getName())
                                .log(
                                        System.Logger.Level.WARNING,
                                        "An administrator's \"{0}\": {1}",
                                        name,
                                        reserved.getMessage());
                    }
                }));
    }

    /** One that is there: asking for another would make it. */
    private Optional<Namespace> namespace(String name) {
        return server.namespaces().stream()
                .filter(namespace -> namespace.name().equals(name))
                .findFirst();
    }

    private static String text(Event event, int index) {
        JsonNode value = event.argument(index);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new IllegalArgumentException("argument " + (index + 1) + " is no text");
        }
        return value.textValue();
    }
}
