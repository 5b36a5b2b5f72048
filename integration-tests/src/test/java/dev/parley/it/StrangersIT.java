package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Contract.Event;
import dev.parley.it.Contract.Field;
import dev.parley.it.Contract.Operation;
import dev.parley.it.Person.Answer;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever somebody tries with an id of others, at every address and by every event: it does not exist, in the same words as what really
 * does not. What there is to try is read from the contract, so that what is added tomorrow is tried too, or fails here.
 */
@ExtendWith(SharedParley.class)
class StrangersIT {

    /** Without an id in their path: the caller's own, everybody's, or for administrators; ids in their bodies and queries are tried by hand below. */
    private static final Pattern WITHOUT_ID = Pattern.compile("\\w+ /api/(auth/.*|me|me/.*|users|rooms|rooms/direct"
            + "|search|threads|drafts|uploads|ice-servers|sessions|admin/.*)");

    /** Told by the acknowledgement that the room is gone, not by an error. */
    private static final String TELLING = "sync";

    /** Its limit leaves no second attempt. */
    private static final String RARE = "typing";

    private final Parley parley;
    private Person ann;
    private Person ben;
    private Person eve;

    StrangersIT(Parley parley) {
        this.parley = parley;
    }

    @BeforeEach
    void people() {
        ann = Person.registered(parley, "ann");
        ben = Person.registered(parley, "ben");
        eve = Person.registered(parley, "eve");
    }

    @Test
    void a_private_room_does_not_exist_for_a_stranger() {
        nothingOf(ann.room("secret", ben));
    }

    @Test
    void a_direct_room_does_not_exist_for_a_stranger() {
        nothingOf(ann.roomWith(ben));
    }

    @Test
    void a_direct_room_of_three_does_not_exist_for_a_stranger() {
        Person cyn = Person.registered(parley, "cyn");
        Answer room = ann.post("/api/rooms/direct", Map.of("userIds", List.of(ben.id(), cyn.id())));

        nothingOf(room.body().path("id").asText());
    }

    @Test
    void a_room_does_not_exist_any_more_for_who_was_sent_out() {
        String room = ann.room("secret", ben, eve);
        try (Chatter evesTab = Chatter.connected(eve)) {
            Things.accepted(evesTab.ask("message_send", ChatContract.message(room, "@" + ann.username())));
        }
        assertThat(ann.delete("/api/rooms/" + room + "/members/" + eve.id()).status())
                .isEqualTo(204);

        nothingOf(room);
    }

    @Test
    void a_closed_room_does_not_exist_for_anybody() {
        String room = ann.room("secret", ben, eve);
        try (Chatter annsTab = Chatter.connected(ann)) {
            Things theirs = Things.of(ann, annsTab, room, ben);
            assertThat(ann.delete("/api/rooms/" + room).status()).isEqualTo(204);

            addresses(eve, theirs);
            addresses(ann, theirs.withoutSession());
            events(eve, theirs);
        }
    }

    private void nothingOf(String room) {
        try (Chatter annsTab = Chatter.connected(ann)) {
            Things theirs = Things.of(ann, annsTab, room, ben);
            JsonNode before = seen(room);

            addresses(eve, theirs);
            events(eve, theirs);
            asides(theirs);

            assertThat(seen(room)).isEqualTo(before);
            assertThat(annsTab.ask("call_renew", Map.of("callId", theirs.call()))
                            .path("ok")
                            .asBoolean())
                    .isTrue();
            assertThat(ann.get("/api/media/" + theirs.media()).status()).isEqualTo(302);
        }
    }

    /** All that its owner can see of a room. */
    private JsonNode seen(String room) {
        String path = "/api/rooms/" + room;
        return Person.JSON.valueToTree(List.of(
                ann.get(path).body(),
                ann.get(path + "/members").body(),
                ann.get(path + "/messages").body(),
                ann.get(path + "/pins").body(),
                ann.get("/api/sessions").body().findValuesAsText("id"),
                ann.get("/api/drafts").body()));
    }

    private static void addresses(Person person, Things theirs) {
        Things nobodys = Things.ofNobody();
        for (Operation operation : Contract.operations(person)) {
            if (operation.inPath().isEmpty()) {
                assertThat(operation.toString())
                        .as("an address that nobody has thought of here")
                        .matches(WITHOUT_ID);
                continue;
            }
            Answer answer = tried(person, operation, theirs);
            boolean administrative = operation.path().startsWith("/api/admin/");
            assertThat(answer.code())
                    .as("%s: %s", operation, answer.body())
                    .isEqualTo(administrative ? "forbidden" : "not_found");
            assertThat(answer.status()).as(operation.toString()).isEqualTo(administrative ? 403 : 404);
            assertThat(answer.body())
                    .as("%s, of others and of nobody", operation)
                    .isEqualTo(tried(person, operation, nobodys).body());
        }
    }

    private static Answer tried(Person person, Operation operation, Things things) {
        String path = operation.path();
        for (String parameter : operation.inPath()) {
            path = path.replace("{" + parameter + "}", parameter.equals("userId") ? person.id() : id(path, things));
        }
        HttpRequest.Builder request = person.request(path);
        return person.send(
                operation.body().isEmpty()
                        ? request.method(operation.method(), HttpRequest.BodyPublishers.noBody())
                        : request.header("Content-Type", "application/json")
                                .method(
                                        operation.method(),
                                        HttpRequest.BodyPublishers.ofString(
                                                Person.text(things.values(operation.body())))));
    }

    private static String id(String path, Things things) {
        return switch (path.split("/", -1)[2]) {
            case "rooms" -> things.room();
            case "messages" -> things.message();
            case "media" -> things.media();
            case "calls" -> things.call();
            case "sessions" -> things.session();
            case "admin" -> things.user();
            default -> throw new AssertionError("an address that nobody has thought of here: " + path);
        };
    }

    private static void events(Person person, Things theirs) {
        Things nobodys = Things.ofNobody();
        try (Chatter tab = Chatter.connected(person)) {
            for (Event event : Contract.events()) {
                if (event.fields().stream().noneMatch(Field::isId)) {
                    continue; // about the caller alone
                }
                JsonNode answer = tab.ask(event.name(), theirs.payload(event));
                if (event.name().equals(TELLING)) {
                    assertThat(told(answer)).isEqualTo(told(tab.ask(event.name(), nobodys.payload(event))));
                    continue;
                }
                assertThat(answer.at("/error/code").asText())
                        .as("%s: %s", event.name(), answer)
                        .isEqualTo("not_found");
                if (!event.name().equals(RARE)) {
                    assertThat(answer)
                            .as("%s, of others and of nobody", event.name())
                            .isEqualTo(tab.ask(event.name(), nobodys.payload(event)));
                }
            }
            assertThat(heardOfOthers(person, tab, 0)).containsOnly("connect", "session");
        }
    }

    private static JsonNode told(JsonNode synced) {
        JsonNode room = synced.at("/data/rooms/0");
        assertThat(room.path("removed").asBoolean()).as("%s", synced).isTrue();
        return ((com.fasterxml.jackson.databind.node.ObjectNode) room).without("roomId");
    }

    /** In a room of one's own, with things of others; and by what has no id in its path. */
    private void asides(Things theirs) {
        Things nobodys = Things.ofNobody();
        String own = eve.room("mine");
        try (Chatter tab = Chatter.connected(eve)) {
            for (String field : List.of("replyTo", "threadId")) {
                for (String event : List.of("message_send", "draft_set")) {
                    same(
                            "invalid",
                            tab.ask(event, aside(own, field, theirs)),
                            tab.ask(event, aside(own, field, nobodys)));
                }
            }
            same(
                    "not_found",
                    tab.ask("media_share", shared(own, theirs)),
                    tab.ask("media_share", shared(own, nobodys)));
            JsonNode call = Things.accepted(tab.ask("call_start", Map.of("roomId", own, "kind", "audio")));
            same(
                    "not_found",
                    tab.ask("call_signal", signal(call, theirs)),
                    tab.ask("call_signal", signal(call, nobodys)));
        }
        assertThat(eve.get("/api/search?q=secret").body().path("messages")).isEmpty();
        assertThat(eve.get("/api/search?q=in:secret%20secret").body().path("messages"))
                .isEmpty();
        assertThat(eve.get("/api/search?q=from:" + ann.username()).body().path("messages"))
                .isEmpty();
        for (String query : List.of("roomId=" + theirs.room(), "cursor=" + theirs.message())) {
            assertThat(eve.get("/api/search?q=secret&" + query).code())
                    .as(query)
                    .isEqualTo("not_found");
        }
        Answer refused = eve.post("/api/uploads", upload(theirs));
        assertThat(refused.code()).isEqualTo("not_found");
        assertThat(refused.body())
                .isEqualTo(eve.post("/api/uploads", upload(nobodys)).body());
        assertThat(eve.get("/api/rooms").body().findValuesAsText("id")).containsExactly(own);
        assertThat(eve.get("/api/rooms?kind=public&limit=200").body().findValuesAsText("id"))
                .doesNotContain(theirs.room());
        assertThat(eve.get("/api/threads").body().path("threads")).isEmpty();
        assertThat(eve.get("/api/sessions").body().findValuesAsText("id")).doesNotContain(theirs.session());
    }

    private static void same(String code, JsonNode ofOthers, JsonNode ofNobody) {
        assertThat(ofOthers.at("/error/code").asText()).as("%s", ofOthers).isEqualTo(code);
        assertThat(ofOthers).isEqualTo(ofNobody);
    }

    private static Map<String, Object> aside(String own, String field, Things things) {
        return Map.of("roomId", own, "clientId", UUID.randomUUID().toString(), "text", "See", field, things.message());
    }

    private static Map<String, Object> shared(String own, Things things) {
        return Map.of("roomId", own, "clientId", UUID.randomUUID().toString(), "uploadId", things.upload());
    }

    private static Map<String, Object> signal(JsonNode call, Things things) {
        return Map.of("callId", call.at("/call/id").asText(), "toLegId", things.leg(), "epoch", 1, "restart", true);
    }

    private static Map<String, Object> upload(Things things) {
        return Map.of("roomId", things.room(), "fileName", "a.png", "contentType", "image/png", "size", 10);
    }

    @Test
    void whoever_was_sent_out_hears_nothing_more_of_the_room_and_its_call() {
        String room = ann.room("secret", ben, eve);
        try (Chatter annsTab = Chatter.connected(ann);
                Chatter bensTab = Chatter.connected(ben);
                Chatter evesTab = Chatter.connected(eve)) {
            String root = Things.accepted(evesTab.ask("message_send", ChatContract.message(room, "Where to?")))
                    .at("/message/id")
                    .asText();
            JsonNode call = Things.accepted(annsTab.ask("call_start", Map.of("roomId", room, "kind", "audio")));
            String callId = call.at("/call/id").asText();
            Map<String, Object> enter = Map.of("callId", callId, "audio", true, "video", false);
            Things.accepted(bensTab.ask("call_accept", enter));
            Things.accepted(evesTab.ask("call_join", enter));

            ann.delete("/api/rooms/" + room + "/members/" + eve.id());
            evesTab.awaitEvent("call_left", left -> left.path("userId").asText().equals(eve.id()));
            evesTab.awaitEvent(
                    "presence_changed",
                    changed -> changed.at("/presence/status").asText().equals("unknown")
                            && changed.at("/presence/userId").asText().equals(ann.id()));
            int heard = evesTab.heard().size();
            assertThat(evesTab.ask(
                                    "call_signal",
                                    Map.of(
                                            "callId",
                                            callId,
                                            "toLegId",
                                            call.path("legId").asText(),
                                            "epoch",
                                            1,
                                            "restart",
                                            true))
                            .at("/error/code")
                            .asText())
                    .isEqualTo("not_found");
            live(annsTab, bensTab, room, root, callId);

            assertThat(heardBy(eve, evesTab, heard)).isEmpty();
        }
    }

    @Test
    void strangers_hear_nothing_of_each_other() {
        String room = ann.room("secret", ben);
        try (Chatter evesTab = Chatter.connected(eve);
                Chatter annsTab = Chatter.connected(ann);
                Chatter bensTab = Chatter.connected(ben)) {
            String root = Things.accepted(annsTab.ask("message_send", ChatContract.message(room, "Where to?")))
                    .at("/message/id")
                    .asText();
            String callId = Things.accepted(annsTab.ask("call_start", Map.of("roomId", room, "kind", "audio")))
                    .at("/call/id")
                    .asText();
            Things.accepted(bensTab.ask("call_accept", Map.of("callId", callId, "audio", true, "video", false)));
            live(annsTab, bensTab, room, root, callId);

            assertThat(heardBy(eve, evesTab, 0)).containsOnly("connect", "session");
            JsonNode session = evesTab.awaitEvent("session", any -> true);
            assertThat(session.toString()).doesNotContain(ann.id(), ben.id(), room);
        }
    }

    /** All that people do who have a room and a call, until the last of it was told. */
    private void live(Chatter anns, Chatter bens, String room, String root, String callId) {
        Map<String, Object> reply =
                Map.of("roomId", room, "clientId", UUID.randomUUID().toString(), "text", "South", "threadId", root);
        String said = Things.accepted(bens.ask("message_send", reply))
                .at("/message/id")
                .asText();
        List.of(
                        Map.entry("reaction_set", Map.of("messageId", root, "emoji", "👍", "on", true)),
                        Map.entry("message_pin", Map.of("messageId", root, "on", true)),
                        Map.entry("message_edit", Map.of("messageId", said, "text", "North, @" + eve.username())),
                        Map.entry("read_mark", Map.of("roomId", room, "seq", 2)),
                        Map.entry("thread_read", Map.of("threadId", root, "seq", 2)),
                        Map.entry("draft_set", Map.of("roomId", room, "text", "East")),
                        Map.entry(
                                "call_media",
                                Map.of("callId", callId, "audio", false, "video", false, "screen", false)),
                        Map.entry("signal_ephemeral", Map.of("roomId", room, "type", "hand")),
                        Map.entry("message_delete", Map.of("messageId", said)),
                        Map.entry("presence_set", Map.of("status", "dnd", "statusText", "At sea")),
                        Map.entry("call_leave", Map.of("callId", callId)))
                .forEach(doing -> Things.accepted(bens.ask(doing.getKey(), doing.getValue())));
        bens.say("typing", Map.of("roomId", room, "on", true));
        assertThat(ann.patch("/api/rooms/" + room, Map.of("name", "Another")).status())
                .isEqualTo(200);
        anns.awaitEvent("typing", any -> true);
        anns.awaitEvent("call_left", left -> left.path("userId").asText().equals(ben.id()));
        anns.awaitEvent(
                "presence_changed",
                changed -> changed.at("/presence/statusText").asText().equals("At sea"));
    }

    /** All that somebody has heard but of their own doing, which is the last: whatever was on its way is here when that is. */
    private static List<String> heardBy(Person person, Chatter tab, int from) {
        String own = person.room("fence");
        tab.awaitEvent("room_added", added -> added.at("/room/id").asText().equals(own));
        return heardOfOthers(person, tab, from).stream()
                .filter(event -> !event.equals("room_added"))
                .toList();
    }

    private static List<String> heardOfOthers(Person person, Chatter tab, int from) {
        return tab.heard().stream()
                .skip(from)
                .filter(heard -> !about(heard.data()).equals(person.id()))
                .map(Chatter.Heard::event)
                .toList();
    }

    /** Whose presence it tells. */
    private static String about(JsonNode presence) {
        return presence.at("/presence/userId").asText(presence.path("userId").asText());
    }

    @Test
    void nobody_is_an_administrator_by_asking() {
        for (Operation operation : Contract.operations(eve)) {
            if (operation.path().startsWith("/api/admin/")) {
                Answer answer = tried(eve, operation, Things.ofNobody());

                assertThat(answer.code()).as("%s: %s", operation, answer.body()).isEqualTo("forbidden");
            }
        }
        assertThat(Set.of(eve.get("/api/me").status())).containsExactly(200);
    }
}
