package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages in the rooms that the caller is in. Every word must occur somewhere, whatever its case, and on PostgreSQL at the
 * beginning of a word of the text: its full-text index finds them. H2 reads the messages of those rooms. There is no index beside the
 * database, hence nothing that could lag behind an edit, a deletion or a lost membership.
 */
@Stateless
public class SearchService {

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    Messages messages;

    @Inject
    UserService users;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public SearchService() {}

    /**
     * @param roomId only there
     * @param cursor the message behind which to go on
     * @param limit between 1 and {@link HistoryService#MAX_PAGE}
     */
    public record Question(
            SearchQuery query,
            @Nullable UUID roomId,
            @Nullable UUID cursor,
            int limit) {

        public Question {
            if (query.asksNothing()) {
                throw Problem.invalid("A search needs a word, a person or a kind of content.");
            }
            if (limit < 1) {
                throw Problem.invalid("limit is at least 1, not " + limit + ".");
            }
            limit = Math.min(limit, HistoryService.MAX_PAGE);
        }
    }

    /** Part of a text, in UTF-16 code units, the end excluded; the wire's shape. */
    public record Range(int start, int end) {}

    /**
     * What was found, the newest first; the wire's shape.
     *
     * @param highlights where the words are, by message
     * @param cursor where to go on, when there is more
     */
    public record Found(
            List<Message> messages,
            boolean more,
            Map<UUID, List<Range>> highlights,
            @Nullable UUID cursor) {

        static final Found NOTHING = new Found(List.of(), false, Map.of(), null);

        public Found {
            messages = List.copyOf(messages);
            highlights = Map.copyOf(highlights);
        }
    }

    /** The newest first; {@code not_found} for a room that the caller is not in. */
    @RateLimited(Limit.READ)
    public Found search(Caller caller, Question question) {
        SearchQuery asked = question.query();
        if (question.roomId() != null && !rooms.isMember(question.roomId(), caller.userId())) {
            throw Problem.notFound("room");
        }
        Conditions where = new Conditions();
        where.and("m.room_id = :room", "room", question.roomId());
        if (asked.in() != null) {
            List<UUID> named = rooms.named(caller.userId(), asked.in());
            if (named.isEmpty()) {
                return Found.NOTHING;
            }
            where.and("m.room_id in (:named)", "named", named);
        }
        if (asked.from() != null && !asked.from().isEmpty()) {
            Optional<UUID> sender = person(caller, asked.from());
            if (sender.isEmpty()) {
                return Found.NOTHING;
            }
            where.and("m.sender_id = :sender", "sender", sender.get());
        }
        where.and("m.sent_at < :before", "before", asked.before());
        where.and("m.sent_at >= :after", "after", asked.after());
        if (asked.has() != null) {
            where.and(asked.has().condition());
        }
        words(asked.words(), where);
        if (question.cursor() != null) {
            Instant sentAt = sentAt(caller, question.cursor());
            where.and("(m.sent_at < :at or (m.sent_at = :at and m.id < :last))", "at", sentAt);
            where.parameters.put("last", question.cursor());
        }
        return found(ids(caller, where, question.limit() + 1), question);
    }

    private Found found(List<UUID> ids, Question question) {
        boolean more = ids.size() > question.limit();
        List<UUID> wanted = more ? ids.subList(0, question.limit()) : ids;
        if (wanted.isEmpty()) {
            return Found.NOTHING;
        }
        Map<UUID, MessageRow> rows = entities.createQuery(
                        "select m from MessageRow m where m.id in :ids", MessageRow.class)
                .setParameter("ids", wanted)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.id, row -> row));
        List<Message> shown = messages.shown(wanted.stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .toList());
        Map<UUID, List<Range>> highlights = new HashMap<>();
        for (Message message : shown) {
            List<Range> ranges = ranges(message.text(), question.query().words());
            if (!ranges.isEmpty()) {
                highlights.put(message.id(), ranges);
            }
        }
        return new Found(shown, more, highlights, more ? wanted.getLast() : null);
    }

    /** What must be true of a message. */
    private static final class Conditions {

        private final StringBuilder text = new StringBuilder();
        private final Map<String, Object> parameters = new HashMap<>();

        void and(String condition) {
            text.append(" and ").append(condition);
        }

        void and(String condition, String name, @Nullable Object value) {
            if (value != null) {
                and(condition);
                parameters.put(name, value);
            }
        }
    }

    /** The words as they are typed, and before that, where there is an index, what leads to them. */
    private void words(List<String> words, Conditions where) {
        for (int i = 0; i < words.size(); i++) {
            where.and(
                    "lower(m.text) like :word" + i + " escape '!'",
                    "word" + i,
                    "%" + escaped(words.get(i).toLowerCase(Locale.ROOT)) + "%");
        }
        if (!words.isEmpty() && isPostgres()) {
            String beginnings = words.stream()
                    .map(this::beginnings)
                    .filter(query -> !query.isEmpty())
                    .collect(Collectors.joining(" & "));
            if (!beginnings.isEmpty()) {
                where.and(
                        "to_tsvector('simple', m.text) @@ to_tsquery('simple', :beginnings)", "beginnings", beginnings);
            }
        }
    }

    /** PostgreSQL's own reading of what was typed, each of its words taken for the beginning of one; empty for mere punctuation. */
    private String beginnings(String word) {
        String lexemes =
                String.valueOf(entities.createNativeQuery("select cast(plainto_tsquery('simple', :word) as text)")
                        .setParameter("word", word)
                        .getSingleResult());
        return lexemes.isEmpty() ? "" : lexemes.replace("' & ", "':* & ") + ":*";
    }

    private boolean isPostgres() {
        return entities.unwrap(Session.class)
                .doReturningWork(connection ->
                        connection.getMetaData().getDatabaseProductName().equals("PostgreSQL"));
    }

    private List<UUID> ids(Caller caller, Conditions where, int most) {
        NativeQuery<UUID> query = entities.unwrap(Session.class)
                .createNativeQuery("""
                        select m.id from message m
                        join room_member p on p.room_id = m.room_id and p.user_id = :caller
                        join room r on r.id = m.room_id and r.closed_at is null
                        where m.deleted_at is null""" + where.text + " order by m.sent_at desc, m.id desc", UUID.class);
        query.setParameter("caller", caller.userId());
        where.parameters.forEach(query::setParameter);
        return new ArrayList<>(query.setMaxResults(most).getResultList());
    }

    private Instant sentAt(Caller caller, UUID messageId) {
        return Optional.ofNullable(entities.find(MessageRow.class, messageId))
                .filter(row -> rooms.isMember(row.roomId, caller.userId()))
                .map(row -> row.sentAt)
                .orElseThrow(() -> Problem.notFound("message"));
    }

    private Optional<UUID> person(Caller caller, String idOrName) {
        if (idOrName.equalsIgnoreCase("me")) {
            return Optional.of(caller.userId());
        }
        try {
            return Optional.of(UUID.fromString(idOrName));
        } catch (IllegalArgumentException e) {
            String name = idOrName.toLowerCase(Locale.ROOT);
            return users.byUsernames(List.of(name)).values().stream()
                    .map(User::id)
                    .findFirst();
        }
    }

    /** Where the words are, in order and without overlaps. */
    static List<Range> ranges(String text, List<String> words) {
        List<Range> ranges = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int length = longestAt(text, at, words);
            if (length > 0) {
                ranges.add(new Range(at, at + length));
            }
            at += Math.max(1, length);
        }
        return List.copyOf(ranges);
    }

    private static int longestAt(String text, int at, List<String> words) {
        int longest = 0;
        for (String word : words) {
            if (word.length() > longest && text.regionMatches(true, at, word, 0, word.length())) {
                longest = word.length();
            }
        }
        return longest;
    }

    private static String escaped(String word) {
        return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
