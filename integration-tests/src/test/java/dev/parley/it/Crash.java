package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What must hold when the server dies right after it said "ok". */
final class Crash {

    private Crash() {}

    static void afterTheOkOf(Person person, Map<String, String> draft) {
        Parley parley = person.parley();
        String room = draft.get("roomId");
        try (Chatter tab = Chatter.connected(person)) {
            JsonNode first = tab.ask("message_send", draft);
            assertThat(first.path("ok").asBoolean()).as("%s", first).isTrue();

            parley.crash();
            parley.restart();
            // the stock client comes back by itself, with the token it has
            tab.awaitEvent("session", any -> tab.count("session", every -> true) > 1);
            JsonNode again = tab.ask("message_send", draft);

            assertThat(again.path("data")).isEqualTo(first.path("data"));
            List<JsonNode> history = ChatContract.history(person, room);
            assertThat(history).hasSize(1);
            assertThat(history.get(0)).isEqualTo(first.path("data").path("message"));
        }
    }
}
