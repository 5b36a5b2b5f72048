package dev.parley.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Seen.Line;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody who talks in some rooms by the stock Java client, whatever happens to the line: sends each message until the server says
 * that it has it, and catches up after each interruption.
 */
final class Participant implements AutoCloseable {

    private static final List<String> EMOJI = List.of("👍", "🎉", "❤️");

    /** The server said "ok" to this. */
    record Acknowledged(String roomId, String clientId, Line line) {}

    private final Person person;
    private final MessageThief thief = new MessageThief();
    private final Lifeline line;
    private final Random random;
    private final Map<String, Seen> rooms = new ConcurrentHashMap<>();
    private final List<String> roomIds;
    private final List<Acknowledged> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger news = new AtomicInteger();
    /** The connection that has caught up with what was missed. */
    private volatile int caughtUp;

    private int count;

    /** @param transports only who has WebSockets alone can be stolen from */
    Participant(Person person, List<String> roomIds, long seed, String... transports) {
        this.person = person;
        this.roomIds = List.copyOf(roomIds);
        this.random = new Random(seed);
        boolean onlyWebSockets = List.of(transports).equals(List.of("websocket"));
        this.line = new Lifeline(person, onlyWebSockets ? thief::pump : InputStream::transferTo, transports);
        roomIds.forEach(id -> rooms.put(id, new Seen()));
        line.on("session", this::begins);
        line.on("message", data -> arrived(data.path("message")));
        line.on("message_updated", data -> changed(data.path("message")));
        line.on("message_deleted", data -> changed(data.path("message")));
        line.on("reaction", this::reacted);
        line.connect();
    }

    Person person() {
        return person;
    }

    MessageThief thief() {
        return thief;
    }

    CutProxy wire() {
        return line.wire();
    }

    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Times that a message was sent, with all repetitions. */
    int attempts() {
        return attempts.get();
    }

    /** Times that the server said so of itself. */
    int unavailable() {
        return unavailable.get();
    }

    /** Connections so far. */
    int sessions() {
        return sessions.get();
    }

    /** Things heard so far. */
    int news() {
        return news.get();
    }

    /** What the server did that it may not. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Whether all that was missed has come and the server answers this moment; its answer follows all that was told before. */
    boolean inTouch() throws InterruptedException {
        return line.connected()
                && caughtUp == sessions.get()
                && line.ask("sync", Map.of("rooms", List.of())).path("ok").asBoolean();
    }

    /** What happened to the connection last. */
    String state() {
        return "%s, connection %d, caught up in %d".formatted(line.state(), sessions.get(), caughtUp);
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
        List<Line> alive =
                seen(roomId).values().stream().filter(one -> !one.deleted()).toList();
        List<Line> mine =
                alive.stream().filter(one -> one.sender().equals(person.id())).toList();
        int dice = mine.isEmpty() ? 99 : random.nextInt(100);
        if (dice < 6) {
            Line one = any(mine);
            until(limit, "message_edit", Map.of("messageId", one.id(), "text", one.text() + " (better)"));
        } else if (dice < 9) {
            until(limit, "message_delete", Map.of("messageId", any(mine).id()));
        } else if (dice < 15) {
            String emoji = EMOJI.get(random.nextInt(EMOJI.size()));
            boolean on = random.nextInt(3) > 0;
            until(limit, "reaction_set", Map.of("messageId", any(alive).id(), "emoji", emoji, "on", on));
        } else {
            send(roomId, limit);
        }
    }

    /** Until the next thing, in ms. */
    int pause() {
        return 100 + random.nextInt(300);
    }

    private Line any(List<Line> lines) {
        return lines.get(random.nextInt(lines.size()));
    }

    private void send(String roomId, Duration limit) throws InterruptedException {
        String clientId = UUID.randomUUID().toString();
        String text = "%s says %d".formatted(person.username(), ++count);
        JsonNode answer = until(limit, "message_send", Map.of("roomId", roomId, "clientId", clientId, "text", text));
        Line said = Line.of(answer.path("data").path("message"));
        if (answer.path("ok").asBoolean()) {
            acknowledged.add(new Acknowledged(roomId, clientId, said));
        } else {
            complaints.add("message_send was answered " + answer);
        }
    }

    /** Asks until there is an answer that does not say "later". */
    private JsonNode until(Duration limit, String event, Map<String, ?> payload) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (!line.connected()) {
                TimeUnit.MILLISECONDS.sleep(50);
                continue;
            }
            if (event.equals("message_send")) {
                attempts.incrementAndGet();
            }
            JsonNode answer = line.ask(event, payload);
            String code = answer.path("error").path("code").asText();
            switch (code) {
                case "timeout" -> {}
                case "unavailable", "rate_limited" -> {
                    if (code.equals("unavailable")) {
                        unavailable.incrementAndGet();
                    }
                    TimeUnit.MILLISECONDS.sleep(pause(answer));
                }
                case "internal" -> {
                    complaints.add(event + " was answered " + answer);
                    return answer;
                }
                default -> {
                    return answer;
                }
            }
        }
        complaints.add("%s of %s had no answer within %s: %s".formatted(event, person.username(), limit, state()));
        return Person.JSON.createObjectNode();
    }

    private static long pause(JsonNode refusal) {
        return Math.max(50, refusal.path("error").path("retryAfterMs").asLong(500));
    }

    // ---- hearing; on the client's thread

    private void begins(JsonNode session) {
        int connection = sessions.incrementAndGet();
        for (JsonNode room : session.path("rooms")) {
            Seen seen = rooms.get(room.path("id").asText());
            if (seen != null) {
                synchronized (seen) {
                    seen.begins(room.path("lastSeq").asLong());
                }
            }
        }
        catchUp(connection);
    }

    /** Asks for what was missed, until there is no more, or another connection begins. */
    private void catchUp(int connection) {
        List<Map<String, Object>> cursors = new ArrayList<>();
        rooms.forEach((id, seen) -> {
            synchronized (seen) {
                seen.asks();
                cursors.add(Map.of("roomId", id, "afterSeq", seen.complete()));
            }
        });
        line.tell("sync", Map.of("rooms", cursors), answer -> {
            if (connection != sessions.get()) {
                return;
            }
            if (!answer.path("ok").asBoolean()) {
                later(answer, connection);
            } else if (took(answer.path("data").path("rooms"))) {
                catchUp(connection);
            } else {
                caughtUp = connection;
            }
        });
    }

    /** Whether there is more to ask for. */
    private boolean took(JsonNode answers) {
        boolean more = false;
        for (JsonNode missed : answers) {
            Seen seen = seenOf(missed.path("roomId").asText());
            synchronized (seen) {
                if (missed.path("stale").asBoolean()) {
                    seen.forget();
                    more = true;
                }
                more |= seen.caughtUp(missed);
            }
        }
        news.incrementAndGet();
        return more;
    }

    private void later(JsonNode answer, int connection) {
        CompletableFuture.delayedExecutor(pause(answer), TimeUnit.MILLISECONDS).execute(() -> {
            if (connection == sessions.get() && line.connected()) {
                catchUp(connection);
            }
        });
    }

    private void arrived(JsonNode message) {
        Seen seen = rooms.get(message.path("roomId").asText());
        if (seen == null) {
            return; // a room of everybody's
        }
        news.incrementAndGet();
        String wrong;
        synchronized (seen) {
            wrong = seen.arrived(Line.of(message));
        }
        if (!wrong.isEmpty()) {
            complaints.add("%s, connection %d, room %s: %s"
                    .formatted(
                            person.username(),
                            sessions.get(),
                            message.path("roomId").asText(),
                            wrong));
        }
    }

    private void changed(JsonNode message) {
        Seen seen = rooms.get(message.path("roomId").asText());
        if (seen != null) {
            news.incrementAndGet();
            synchronized (seen) {
                seen.changed(Line.of(message));
            }
        }
    }

    private void reacted(JsonNode data) {
        Seen seen = rooms.get(data.path("roomId").asText());
        if (seen != null) {
            news.incrementAndGet();
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
        line.close();
    }
}
