package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Contract.Event;
import dev.parley.it.Contract.Field;
import dev.parley.it.Person.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Ids of things that somebody has, for those who should not have them.
 *
 * @param leg of that call
 * @param user a member of that room
 */
record Things(
        String room,
        String message,
        String media,
        String upload,
        String call,
        String leg,
        String session,
        String user) {

    private static final byte[] PNG = ByteBuffer.allocate(64)
            .put(HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452"))
            .putInt(4)
            .putInt(4)
            .array();

    /** What the owner has in that room: a message, a file, one that is only uploaded, and a call that goes on until the tab closes. */
    static Things of(Person owner, Chatter tab, String room, Person member) {
        JsonNode said = accepted(tab.ask("message_send", ChatContract.message(room, "secret")));
        String shared = upload(owner, room);
        accepted(tab.ask(
                "media_share",
                Map.of("roomId", room, "clientId", UUID.randomUUID().toString(), "uploadId", shared)));
        JsonNode call = accepted(tab.ask("call_start", Map.of("roomId", room, "kind", "audio")));
        return new Things(
                room,
                said.at("/message/id").asText(),
                shared,
                upload(owner, room),
                call.at("/call/id").asText(),
                call.path("legId").asText(),
                owner.get("/api/sessions").body().at("/sessions/0/id").asText(),
                member.id());
    }

    /** Nobody's. */
    static Things ofNobody() {
        return new Things(id(), id(), id(), id(), id(), id(), id(), id());
    }

    /** The same for their owner, whose session is their own. */
    Things withoutSession() {
        return new Things(room, message, media, upload, call, leg, id(), user);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** An upload that is complete, and not shown yet. */
    static String upload(Person owner, String room) {
        Answer ticket = owner.post(
                "/api/uploads",
                Map.of("roomId", room, "fileName", "a.png", "contentType", "image/png", "size", PNG.length));
        assertThat(ticket.status()).as("%s", ticket.body()).isEqualTo(201);
        HttpRequest.Builder put =
                HttpRequest.newBuilder(URI.create(ticket.body().path("url").asText()));
        ticket.body()
                .path("headers")
                .properties()
                .forEach(header -> put.header(header.getKey(), header.getValue().asText()));
        Answer stored = owner.send(put.PUT(HttpRequest.BodyPublishers.ofByteArray(PNG)));
        assertThat(stored.status()).isEqualTo(201);
        return ticket.body().path("uploadId").asText();
    }

    static JsonNode accepted(JsonNode answer) {
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
        return answer.path("data");
    }

    /** What somebody would say who had these things: all fields that it must have, and enough of the others. */
    Map<String, Object> payload(Event event) {
        return values(event.fields().stream()
                .filter(field -> field.required() || field.name().equals("restart"))
                .toList());
    }

    Map<String, Object> values(List<Field> fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.name(), value(field.name())));
        return values;
    }

    /** A value that is right for a field of that name. */
    Object value(String field) {
        return switch (field) {
            case "roomId" -> room;
            case "messageId", "threadId", "replyTo" -> message;
            case "uploadId" -> upload;
            case "callId" -> call;
            case "legId", "toLegId" -> leg;
            case "userId" -> user;
            case "userIds", "members" -> List.of(user);
            case "rooms" -> List.of(Map.of("roomId", room, "afterSeq", 0));
            case "clientId" -> id();
            case "text", "name", "topic", "statusText", "displayName" -> "Something else";
            case "emoji" -> "👎";
            case "on", "audio", "restart", "confirmMentions" -> true;
            case "video", "screen", "disabled", "atOnce", "shareLastSeen" -> false;
            case "seq", "epoch" -> 1;
            case "limit" -> 10;
            case "kind" -> "audio";
            case "type" -> "hand";
            case "reason" -> "declined";
            case "role" -> "owner";
            case "roles" -> List.of("admin");
            case "notify" -> "none";
            case "status" -> "dnd";
            case "until" -> "2100-01-01T00:00:00.000Z";
            case "stats", "data" -> Map.of();
            case "description" -> Map.of("type", "offer", "sdp", "v=0\r\nm=audio\r\na=fingerprint:x");
            case "candidate" -> Map.of("candidate", "");
            case "fileName" -> "a.png";
            case "contentType" -> "image/png";
            case "size" -> PNG.length;
            case "sha256" -> "0".repeat(64);
            case "avatarUrl" -> "/a.png";
            case "username" -> "somebody";
            case "password", "currentPassword", "newPassword" -> "correct horse battery";
            case "token" -> "no token";
            default -> throw new AssertionError("a field that nobody has thought of here: " + field);
        };
    }
}
