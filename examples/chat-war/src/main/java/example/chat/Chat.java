package example.chat;

import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.OnDisconnecting;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;

/** Rooms of people who talk. */
@ApplicationScoped
@SocketEndpoint
public class Chat {

    public record Message(String room, String text) {
        public Message {
            if (text.isBlank() || text.length() > 1_000) {
                throw new IllegalArgumentException("a message has 1 to 1000 characters");
            }
        }
    }

    /** @param at milliseconds since 1970 */
    public record Receipt(long at) {}

    @OnEvent("join")
    void join(Socket socket, Person person, String room) {
        socket.join(room);
        socket.to(room).emit("joined", room, person.name());
    }

    @OnEvent("say")
    Receipt say(Socket socket, Person person, Message message) {
        socket.within(message.room()).emit("said", person.name(), message); // to the others, if this socket has joined
        return new Receipt(System.currentTimeMillis());
    }

    @OnDisconnecting
    void leave(Socket socket, Person person, DisconnectReason reason) {
        socket.rooms().forEach(room -> socket.to(room).emit("left", room, person.name(), reason.text()));
    }
}
