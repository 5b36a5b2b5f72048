package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedParley.class)
class ChatOnH2IT extends ChatContract {

    ChatOnH2IT(Parley parley) {
        super(parley);
    }

    @Test
    void an_ok_survives_kill_minus_nine() {
        Person ann = Person.registered(parley, "ann");
        String room = ann.room("crash");
        Map<String, String> draft =
                Map.of("roomId", room, "clientId", UUID.randomUUID().toString(), "text", "kept");

        Crash.afterTheOkOf(ann, draft);
    }

    @Test
    void who_is_connected_when_the_server_is_stopped_is_told_so_and_comes_back_by_themself() {
        Person ann = Person.registered(parley, "ann");
        try (Chatter overPolling = Chatter.connected(ann, "polling");
                Chatter overWebSocket = Chatter.connected(ann, "websocket")) {
            // told a moment after the connection; what comes when the server is suspended already ends a client that
            // polls,
            // for its next request is refused
            overPolling.awaitEvent(
                    "user_online", who -> who.path("userId").asText().equals(ann.id()));

            parley.stop();
            parley.restart();

            for (Chatter tab : List.of(overPolling, overWebSocket)) {
                JsonNode ended = tab.awaitEvent("session_ended", any -> true);
                assertThat(ended.path("reason").asText()).isEqualTo("drain");
                assertThat(ended.path("retryAfterMs").asLong()).isPositive();
                tab.awaitEvent("session", any -> tab.count("session", every -> true) > 1);
            }
        }
    }
}
