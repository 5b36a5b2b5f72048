package dev.parley.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Seen.Line;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.json.JSONObject;

/**
 * Somebody who talks in some rooms by the stock Java client, whatever happens to the line: sends each message until the server says
 * that it has it, and catches up after each interruption.
 */
final class Participant implements AutoCloseable {

    /** After that without an answer the same message is sent again. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final List<String> EMOJI = List.of("👍", "🎉", "❤️");

    /** The server said "ok" to this. */
    record Acknowledged(String roomId, String clientId, Line line) {}

    private final Person person;
    private final CutProxy wire;
    private final MessageThief thief = new MessageThief();
    private final Socket socket;
    private final Random random;
    private final Map<String, Seen> rooms = new ConcurrentHashMap<>();
    private final List<String> roomIds;
    private final List<Acknowledged> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile int attempts;
    private volatile int sessions;
    private volatile String state = "";
    private volatile boolean closed;
    private int count;

    /** @param transports only who has WebSockets alone can be stolen from */
    Participant(Person person, List<String> roomIds, long seed, String... transports) {
        this.person = person;
        this.roomIds = List.copyOf(roomIds);
        this.random = new Random(seed);
        this.wire = new CutProxy(
                person.parley().port(),
                List.of(transports).equals(List.of("websocket")) ? thief::pump : InputStream::transferTo);
        roomIds.forEach(id -> rooms.put(id, new Seen()));
        IO.Options options = IO.Options.builder()
                .setTransports(transports)
                .setAuth(Map.of("token", person.token()))
                .setReconnectionDelay(200)
                .setReconnectionDelayMax(2000)
                .setTimeout(5000)
                .setForceNew(true)
                .build();
        socket = IO.socket(URI.create("http://localhost:" + wire.port() + "/"), options);
        socket.on("session", data -> begins((JSONObject) data[0]));
        socket.on("message", data -> arrived(tree(data[0]).path("message")));
        socket.on("message_updated", data -> changed(tree(data[0]).path("message")));
        socket.on("message_deleted", data -> changed(tree(data[0]).path("message")));
        socket.on("reaction", data -> reacted(tree(data[0])));
        // a refused handshake, while the server starts say, is tried again by hand: the stock client gives up on it
        socket.on(Socket.EVENT_CONNECT_ERROR, error -> {
            state = "refused: " + error[0];
            if (!socket.isActive() && !closed) {
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(socket::connect);
            }
        });
        socket.on(Socket.EVENT_DISCONNECT, reason -> {
            state = "disconnected: " + reason[0];
            if (!socket.isActive() && !closed) {
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(socket::connect);
            }
        });
        socket.connect();
    }

    Person person() {
        return person;
    }

    MessageThief thief() {
        return thief;
    }

    CutProxy wire() {
        return wire;
    }

    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Times that a message was sent, with all repetitions. */
    int attempts() {
        return attempts;
    }

    /** Connections so far. */
    int sessions() {
        return sessions;
    }

    /** What the server did that it may not. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    Map<Long, Line> seen(String roomId) {
        Seen seen = seenOf(roomId);
        synchronized (seen) {
            return seen.lines();
        }
    }

    List<String> roomIds() {
        return roomIds;
    }

    // ---- sending; on a thread of its own

    /** Says the next thing: mostly a message, now and then a change of an earlier one. Returns when the server has said "ok". */
    void talk(Duration limit) throws InterruptedException {
        String roomId = roomIds.get(random.nextInt(roomIds.size()));
        List<Line> mine = seen(roomId).values().stream()
                .filter(line -> line.sender().equals(person.id()) && !line.deleted())
                .toList();
        int dice = mine.isEmpty() ? 99 : random.nextInt(100);
        if (dice < 6) {
            Line line = mine.get(random.nextInt(mine.size()));
            until(limit, "message_edit", Map.of("messageId", line.id(), "text", line.text() + " (better)"));
        } else if (dice < 9) {
            until(
                    limit,
                    "message_delete",
                    Map.of("messageId", mine.get(random.nextInt(mine.size())).id()));
        } else if (dice < 15) {
            List<Line> all = seen(roomId).values().stream()
                    .filter(line -> !line.deleted())
                    .toList();
            if (!all.isEmpty()) {
                Line line = all.get(random.nextInt(all.size()));
                until(
                        limit,
                        "reaction_set",
                        Map.of(
                                "messageId",
                                line.id(),
                                "emoji",
                                EMOJI.get(random.nextInt(3)),
                                "on",
                                random.nextInt(3) > 0));
            }
        } else {
            send(roomId, limit);
        }
    }

    private void send(String roomId, Duration limit) throws InterruptedException {
        String clientId = UUID.randomUUID().toString();
        String text = "%s says %d".formatted(person.username(), ++count);
        JsonNode answer = until(limit, "message_send", Map.of("roomId", roomId, "clientId", clientId, "text", text));
        Line line = Line.of(answer.path("data").path("message"));
        if (answer.path("ok").asBoolean()) {
            acknowledged.add(new Acknowledged(roomId, clientId, line));
        } else {
            complaints.add("message_send was answered " + answer);
        }
    }

    /** Asks until there is an answer that does not say "later". */
    private JsonNode until(Duration limit, String event, Map<String, ?> payload) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (!socket.connected()) {
                TimeUnit.MILLISECONDS.sleep(50);
                continue;
            }
            if (event.equals("message_send")) {
                attempts++;
            }
            JsonNode answer = ask(event, payload);
            String code = answer.path("error").path("code").asText();
            switch (code) {
                case "timeout" -> {}
                case "unavailable", "rate_limited" ->
                    TimeUnit.MILLISECONDS.sleep(Math.max(
                            50, answer.path("error").path("retryAfterMs").asLong(500)));
                case "internal" -> {
                    complaints.add(event + " was answered " + answer);
                    return answer;
                }
                default -> {
                    return answer;
                }
            }
        }
        complaints.add("%s of %s had no answer within %s, connected: %s, active: %s, at last %s"
                .formatted(event, person.username(), limit, socket.connected(), socket.isActive(), state));
        return Person.JSON.createObjectNode();
    }

    private JsonNode ask(String event, Map<String, ?> payload) throws InterruptedException {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Ack acknowledgement = arguments -> answer.complete(tree(arguments[0]));
        socket.emit(event, new Object[] {new JSONObject(payload)}, acknowledgement);
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Person.JSON.valueToTree(Map.of("ok", false, "error", Map.of("code", "timeout")));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- hearing; on the client's thread

    private void begins(JSONObject session) {
        sessions++;
        state = "session " + sessions;
        for (JsonNode room : tree(session).path("rooms")) {
            Seen seen = rooms.get(room.path("id").asText());
            if (seen != null) {
                synchronized (seen) {
                    seen.begins(room.path("lastSeq").asLong());
                }
            }
        }
        catchUp(sessions);
    }

    /** Asks for what was missed, until there is no more, or another connection begins. */
    private void catchUp(int session) {
        List<Map<String, Object>> cursors = new ArrayList<>();
        rooms.forEach((id, seen) -> {
            synchronized (seen) {
                seen.asks();
                cursors.add(Map.of("roomId", id, "afterSeq", seen.complete()));
            }
        });
        JSONObject question = new JSONObject(Map.of("rooms", cursors));
        Ack acknowledgement = arguments -> {
            JsonNode answer = tree(arguments[0]);
            if (session != sessions) {
                return;
            }
            if (!answer.path("ok").asBoolean()) {
                later(answer, session);
                return;
            }
            boolean more = false;
            for (JsonNode missed : answer.path("data").path("rooms")) {
                Seen seen = seenOf(missed.path("roomId").asText());
                synchronized (seen) {
                    if (missed.path("stale").asBoolean()) {
                        seen.forget();
                        more = true;
                    }
                    more |= seen.caughtUp(missed);
                }
            }
            if (more) {
                catchUp(session);
            }
        };
        socket.emit("sync", new Object[] {question}, acknowledgement);
    }

    private void later(JsonNode answer, int session) {
        long pause = Math.max(200, answer.path("error").path("retryAfterMs").asLong(500));
        CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS).execute(() -> {
            if (session == sessions && socket.connected()) {
                catchUp(session);
            }
        });
    }

    private void arrived(JsonNode message) {
        Seen seen = rooms.get(message.path("roomId").asText());
        if (seen == null) {
            return; // a room of everybody's
        }
        String wrong;
        synchronized (seen) {
            wrong = seen.arrived(Line.of(message));
        }
        if (!wrong.isEmpty()) {
            complaints.add("%s, connection %d, room %s: %s"
                    .formatted(
                            person.username(), sessions, message.path("roomId").asText(), wrong));
        }
    }

    private void changed(JsonNode message) {
        Seen seen = rooms.get(message.path("roomId").asText());
        if (seen != null) {
            synchronized (seen) {
                seen.changed(Line.of(message));
            }
        }
    }

    private void reacted(JsonNode data) {
        Seen seen = rooms.get(data.path("roomId").asText());
        if (seen != null) {
            synchronized (seen) {
                seen.reacted(data.path("messageId").asText(), Line.reactions(data.path("reactions")));
            }
        }
    }

    private Seen seenOf(String roomId) {
        Seen seen = rooms.get(roomId);
        if (seen == null) {
            throw new IllegalArgumentException("not in room " + roomId);
        }
        return seen;
    }

    @Override
    public void close() {
        closed = true;
        socket.disconnect();
        wire.close();
    }

    private static JsonNode tree(Object json) {
        try {
            return Person.JSON.readTree(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
