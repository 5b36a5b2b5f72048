package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** io.socket:socket.io-client, as it is on Maven Central: connects, chats, and comes back after the wire was cut. */
@ExtendWith(SharedParley.class)
class StockJavaClientIT {

    private final Parley parley;

    StockJavaClientIT(Parley parley) {
        this.parley = parley;
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void connects_chats_and_reconnects(String transports) {
        Person ann = Person.registered(parley, "ann");
        Person ben = Person.registered(parley, "ben");
        String room = ann.roomWith(ben);

        try (CutProxy wire = new CutProxy(parley.port());
                Chatter annsTab = Chatter.connectedBy(wire.port(), ann, transports.split(",", -1));
                Chatter bensTab = Chatter.connected(ben, transports.split(",", -1))) {
            assertThat(say(annsTab, room, bensTab)).isTrue();

            wire.cut();
            annsTab.awaitEvent("session", any -> annsTab.count("session", every -> true) > 1);

            assertThat(say(annsTab, room, bensTab)).isTrue();
        }
    }

    private static boolean say(Chatter speaker, String room, Chatter listener) {
        String text = UUID.randomUUID().toString();
        JsonNode answer = speaker.ask("message_send", ChatContract.message(room, text));
        listener.awaitEvent(
                "message", data -> data.path("message").path("text").asText().equals(text));
        return answer.path("ok").asBoolean();
    }
}
