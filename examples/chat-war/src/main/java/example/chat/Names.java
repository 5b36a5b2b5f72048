package example.chat;

import dev.parley.socketio.ConnectionRefused;
import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.Authenticator;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes everybody's word for it; a real application would look at a token, or at who is logged in. */
@ApplicationScoped
public class Names implements Authenticator<Person> {

    @Override
    public Class<Person> identity() {
        return Person.class;
    }

    @Override
    public Person authenticate(Socket socket) {
        String name = socket.handshake().auth().path("name").asText().strip();
        if (name.isEmpty() || name.length() > 40) {
            throw new ConnectionRefused("a name has 1 to 40 characters", null);
        }
        return new Person(name);
    }
}
