package dev.parley.socketio.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.ConnectionRefused;
import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.Authenticator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

@ApplicationScoped
class Gate implements Authenticator<Person> {

    @Override
    public Class<Person> identity() {
        return Person.class;
    }

    @Override
    public Person authenticate(Socket socket) {
        JsonNode name = socket.handshake().auth().path("name");
        if (!name.isTextual()) {
            throw new ConnectionRefused("who are you?", Map.of("code", "no_name"));
        }
        return new Person(name.asText());
    }
}
