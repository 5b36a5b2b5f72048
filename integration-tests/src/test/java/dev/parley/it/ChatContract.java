package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Person.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** §2 and §3 of the contract with the stock Java client: the same on every database. */
abstract class ChatContract {

    final Parley parley;

    ChatContract(Parley parley) {
        this.parley = parley;
    }

    @Test
    void what_one_says_the_other_hears() {
        Person ann = Person.registered(parley, "ann");
        Person ben = Person.registered(parley, "ben");
        String room = ann.roomWith(ben);

        try (Chatter annsTab = Chatter.connected(ann);
                Chatter bensTab = Chatter.connected(ben)) {
            String clientId = UUID.randomUUID().toString();
            JsonNode answer =
                    annsTab.ask("message_send", Map.of("roomId", room, "clientId", clientId, "text", "Grüße, 世界 🌍"));
            JsonNode heard = bensTab.awaitEvent(
                    "message",
                    data -> data.path("message").path("clientId").asText().equals(clientId));

            assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
            JsonNode message = answer.path("data").path("message");
            assertThat(message.path("seq").asLong()).isEqualTo(1);
            assertThat(heard.path("message")).isEqualTo(message);
            assertThat(heard.path("message").path("text").asText()).isEqualTo("Grüße, 世界 🌍");
            assertThat(heard.path("message").path("sentAt").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z");
        }
    }

    @Test
    void the_same_client_id_gives_the_same_message_again() {
        Person ann = Person.registered(parley, "ann");
        String room = ann.room("once");

        try (Chatter tab = Chatter.connected(ann)) {
            Map<String, String> draft =
                    Map.of("roomId", room, "clientId", UUID.randomUUID().toString(), "text", "once");
            JsonNode first = tab.ask("message_send", draft);
            JsonNode second = tab.ask("message_send", draft);

            assertThat(first.path("ok").asBoolean()).as("%s", first).isTrue();
            assertThat(second.path("data")).isEqualTo(first.path("data"));
            assertThat(history(ann, room)).hasSize(1);
        }
    }

    @Test
    void sequence_numbers_have_no_gap_though_many_talk_at_once() {
        Person ann = Person.registered(parley, "ann");
        Person ben = Person.registered(parley, "ben");
        String room = ann.room("crowd", ben);

        try (Chatter annsTab = Chatter.connected(ann);
                Chatter bensTab = Chatter.connected(ben)) {
            for (int i = 0; i < 10; i++) {
                annsTab.say("message_send", message(room, "a" + i));
                bensTab.say("message_send", message(room, "b" + i));
            }
            annsTab.awaitEvent(
                    "message", data -> data.path("message").path("seq").asLong() >= 20);

            List<Long> seqs = annsTab.heard().stream()
                    .filter(one -> one.event().equals("message"))
                    .map(one -> one.data().path("message").path("seq").asLong())
                    .toList();
            assertThat(history(ann, room).stream().map(one -> one.path("seq").asLong()))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 20).boxed().toList());
            assertThat(seqs).isSorted();
        }
    }

    @Test
    void history_comes_in_pages() {
        Person ann = Person.registered(parley, "ann");
        String room = ann.room("pages");
        try (Chatter tab = Chatter.connected(ann)) {
            for (int i = 1; i <= 7; i++) {
                assertThat(tab.ask("message_send", message(room, "m" + i))
                                .path("ok")
                                .asBoolean())
                        .isTrue();
            }
        }

        Answer latest = ann.get("/api/rooms/" + room + "/messages?limit=3");
        Answer before = ann.get("/api/rooms/" + room + "/messages?beforeSeq=5&limit=3");
        Answer after = ann.get("/api/rooms/" + room + "/messages?afterSeq=5&limit=3");

        assertThat(texts(latest.body())).containsExactly("m5", "m6", "m7");
        assertThat(latest.body().path("more").asBoolean()).isTrue();
        assertThat(texts(before.body())).containsExactly("m2", "m3", "m4");
        assertThat(texts(after.body())).containsExactly("m6", "m7");
        assertThat(after.body().path("more").asBoolean()).isFalse();
    }

    @Test
    void sync_tells_what_was_missed() {
        Person ann = Person.registered(parley, "ann");
        String room = ann.room("missed");
        try (Chatter tab = Chatter.connected(ann)) {
            tab.ask("message_send", message(room, "one"));
            tab.ask("message_send", message(room, "two"));
            JsonNode answer =
                    tab.ask("sync", Map.of("rooms", List.of(Map.of("roomId", room, "afterSeq", 1)), "limit", 50));

            JsonNode missed = answer.path("data").path("rooms").path(0);
            assertThat(texts(missed)).containsExactly("two");
            assertThat(missed.path("more").asBoolean()).isFalse();
        }
    }

    @Test
    void a_strangers_room_does_not_exist() {
        Person ann = Person.registered(parley, "ann");
        Person eve = Person.registered(parley, "eve");
        String room = ann.room("secret");

        try (Chatter tab = Chatter.connected(eve)) {
            JsonNode answer = tab.ask("message_send", message(room, "let me in"));

            assertThat(answer.path("ok").asBoolean()).isFalse();
            assertThat(answer.path("error").path("code").asText()).isEqualTo("not_found");
            assertThat(eve.get("/api/rooms/" + room).status()).isEqualTo(404);
            assertThat(eve.get("/api/rooms/" + room + "/messages").code()).isEqualTo("not_found");
        }
    }

    @Test
    void reading_marks_are_kept() {
        Person ann = Person.registered(parley, "ann");
        Person ben = Person.registered(parley, "ben");
        String room = ann.roomWith(ben);
        try (Chatter annsTab = Chatter.connected(ann);
                Chatter bensTab = Chatter.connected(ben)) {
            annsTab.ask("message_send", message(room, "one"));
            annsTab.ask("message_send", message(room, "two"));
            JsonNode mark = bensTab.ask("read_mark", Map.of("roomId", room, "seq", 1));

            assertThat(mark.path("data").path("readSeq").asLong())
                    .as("%s", mark)
                    .isEqualTo(1);
            assertThat(mark.path("data").path("unread").asLong()).isEqualTo(1);
            JsonNode seen = annsTab.awaitEvent(
                    "read", data -> data.path("userId").asText().equals(ben.id()));
            assertThat(seen.path("seq").asLong()).isEqualTo(1);
        }
    }

    static Map<String, String> message(String room, String text) {
        return Map.of("roomId", room, "clientId", UUID.randomUUID().toString(), "text", text);
    }

    static List<JsonNode> history(Person person, String room) {
        JsonNode body = person.get("/api/rooms/" + room + "/messages?limit=100").body();
        return StreamSupport.stream(body.path("messages").spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode page) {
        return StreamSupport.stream(page.path("messages").spliterator(), false)
                .map(message -> message.path("text").asText())
                .toList();
    }
}
