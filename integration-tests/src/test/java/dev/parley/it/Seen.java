package dev.parley.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** What one client shows of one room: kept as a good client keeps it, by what the server tells it and nothing else. */
final class Seen {

    /** A message as anybody sees it; of a deleted one nothing but that. Reactions as "emoji user", sorted. */
    record Line(
            String id, long seq, String sender, String text, boolean edited, boolean deleted, List<String> reactions) {

        Line {
            reactions = List.copyOf(reactions);
        }

        static Line of(JsonNode message) {
            return of(
                    message.path("id").asText(),
                    message.path("seq").asLong(),
                    message.path("sender").path("id").asText(),
                    message.path("text").asText(),
                    message.hasNonNull("editedAt"),
                    message.hasNonNull("deletedAt"),
                    reactions(message.path("reactions")));
        }

        static Line of(
                String id,
                long seq,
                String sender,
                String text,
                boolean edited,
                boolean deleted,
                List<String> reactions) {
            return deleted
                    ? new Line(id, seq, sender, "", false, true, List.of())
                    : new Line(
                            id,
                            seq,
                            sender,
                            text,
                            edited,
                            false,
                            reactions.stream().sorted().toList());
        }

        Line with(List<String> others) {
            return of(id, seq, sender, text, edited, deleted, others);
        }

        static List<String> reactions(JsonNode reactions) {
            return StreamSupport.stream(reactions.spliterator(), false)
                    .flatMap(one -> StreamSupport.stream(one.path("userIds").spliterator(), false)
                            .map(user -> one.path("emoji").asText() + " " + user.asText()))
                    .toList();
        }
    }

    private final SortedMap<Long, Line> lines = new TreeMap<>();
    /** What was told live since the last question: newer than its answer. */
    private final SortedMap<Long, Line> live = new TreeMap<>();
    /** Likewise, of messages that the answer is to bring. */
    private final Map<String, List<String>> liveReactions = new HashMap<>();
    /** Up to here the client has everything. */
    private long complete;

    private long nextLive;

    long complete() {
        return complete;
    }

    SortedMap<Long, Line> lines() {
        return new TreeMap<>(lines);
    }

    /** A connection begins; what comes live has to follow {@code lastSeq}. */
    void begins(long lastSeq) {
        nextLive = lastSeq + 1;
        asks();
    }

    /**
     * A message came.
     *
     * @return what was wrong with it, empty if nothing
     */
    String arrived(Line line) {
        String wrong = "";
        if (line.seq() != nextLive) {
            wrong = "number %d came where %d was due".formatted(line.seq(), nextLive);
        }
        nextLive = line.seq() + 1;
        put(line);
        live.put(line.seq(), line);
        advance();
        return wrong;
    }

    /** A message that this client has or will get by {@code sync} was changed. */
    void changed(Line line) {
        if (line.seq() < nextLive) {
            put(line);
            live.put(line.seq(), line);
        }
    }

    void reacted(String messageId, List<String> reactions) {
        liveReactions.put(messageId, reactions);
        lines.values().stream()
                .filter(line -> line.id().equals(messageId))
                .findFirst()
                .ifPresent(line -> changed(line.with(reactions)));
    }

    /** A question is on its way: what comes live from now on is newer than its answer. */
    void asks() {
        live.clear();
        liveReactions.clear();
    }

    /** The answer of {@code sync}; whether there is more to ask for. */
    boolean caughtUp(JsonNode missed) {
        missed.path("updated").forEach(this::told);
        missed.path("messages").forEach(this::told);
        advance();
        return missed.path("more").asBoolean();
    }

    private void told(JsonNode message) {
        Line line = Line.of(message);
        if (!live.containsKey(line.seq())) {
            List<String> newer = liveReactions.get(line.id());
            put(newer == null ? line : line.with(newer));
        }
    }

    /** The server says that too much has changed: everything is to be read anew. */
    void forget() {
        lines.clear();
        complete = 0;
    }

    private void put(Line line) {
        lines.put(line.seq(), line);
    }

    private void advance() {
        while (lines.containsKey(complete + 1)) {
            complete++;
        }
    }
}
