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
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages in the rooms that the caller is in. Every word must occur somewhere, whatever its case. This reads all messages of
 * those rooms, the same on every database; an index of words may replace it behind the same method.
 */
@Stateless
public class SearchService {

    private static final int MAX_QUERY = 200;

    private static final int MAX_WORDS = 10;

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

    /** What a message may have. */
    public enum Has {
        FILE("exists (select 1 from AttachmentRow a where a.messageId = m.id)"),
        IMAGE("exists (select 1 from AttachmentRow a where a.messageId = m.id and a.contentType like 'image/%')"),
        LINK("(m.text like '%http://%' or m.text like '%https://%')");

        private final String condition;

        Has(String condition) {
            this.condition = condition;
        }
    }

    /**
     * @param text words, may be blank when something else is asked for
     * @param from only by this person: an id or a user name
     * @param limit between 1 and {@link HistoryService#MAX_PAGE}
     */
    public record Question(
            String text,
            @Nullable UUID roomId,
            @Nullable String from,
            @Nullable Instant before,
            @Nullable Instant after,
            @Nullable Has has,
            int limit) {

        public Question {
            text = Names.limited(Names.wellFormed(text, "query"), MAX_QUERY).strip();
            if (text.isEmpty() && (from == null || from.isEmpty()) && has == null) {
                throw Problem.invalid("A search needs a word, a person or a kind of content.");
            }
            if (limit < 1) {
                throw Problem.invalid("limit is at least 1, not " + limit + ".");
            }
            limit = Math.min(limit, HistoryService.MAX_PAGE);
        }

        List<String> words() {
            return text.isEmpty()
                    ? List.of()
                    : Stream.of(text.split("\\s+")).distinct().limit(MAX_WORDS).toList();
        }
    }

    /** The newest first; {@code not_found} for a room that the caller is not in. */
    @RateLimited(Limit.READ)
    public HistoryService.Page search(Caller caller, Question question) {
        if (question.roomId() != null && !rooms.isMember(question.roomId(), caller.userId())) {
            throw Problem.notFound("room");
        }
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder conditions = new StringBuilder();
        List<String> words = question.words();
        for (int i = 0; i < words.size(); i++) {
            conditions.append(" and lower(m.text) like :word").append(i).append(" escape '!'");
            parameters.put("word" + i, "%" + escaped(words.get(i).toLowerCase(Locale.ROOT)) + "%");
        }
        narrow(conditions, parameters, " and m.roomId = :room", "room", question.roomId());
        if (question.from() != null && !question.from().isEmpty()) {
            Optional<UUID> sender = person(question.from());
            if (sender.isEmpty()) {
                return new HistoryService.Page(List.of(), false);
            }
            narrow(conditions, parameters, " and m.senderId = :sender", "sender", sender.get());
        }
        narrow(conditions, parameters, " and m.sentAt < :before", "before", question.before());
        narrow(conditions, parameters, " and m.sentAt >= :after", "after", question.after());
        if (question.has() != null) {
            conditions.append(" and ").append(question.has().condition);
        }
        TypedQuery<MessageRow> query =
                entities.createQuery("""
                select m from MessageRow m
                where m.deletedAt is null and exists (
                    select 1 from MemberRow p join RoomRow r on r.id = p.key.roomId
                    where p.key.roomId = m.roomId and p.key.userId = :caller and r.closedAt is null)""" + conditions + " order by m.sentAt desc, m.id desc", MessageRow.class);
        query.setParameter("caller", caller.userId());
        parameters.forEach(query::setParameter);
        List<MessageRow> rows = query.setMaxResults(question.limit() + 1).getResultList();
        boolean more = rows.size() > question.limit();
        return new HistoryService.Page(messages.shown(more ? rows.subList(0, question.limit()) : rows), more);
    }

    private Optional<UUID> person(String idOrName) {
        try {
            return Optional.of(UUID.fromString(idOrName));
        } catch (IllegalArgumentException e) {
            String name = idOrName.toLowerCase(Locale.ROOT);
            return users.byUsernames(List.of(name)).values().stream()
                    .map(User::id)
                    .findFirst();
        }
    }

    private static void narrow(
            StringBuilder conditions,
            Map<String, Object> parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.append(condition);
            parameters.put(name, value);
        }
    }

    private static String escaped(String word) {
        return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
