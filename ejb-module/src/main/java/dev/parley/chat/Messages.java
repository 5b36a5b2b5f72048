package dev.parley.chat;

import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The rows of messages, and what people see of them. */
@Dependent
class Messages {

    private static final String INSERT = """
            insert into message
                (id, room_id, seq, sender_id, client_id, kind, text, reply_to, thread_id, everyone, sent_at, changed_seq)
            select cast(? as uuid), p.room_id, cast(? as bigint), p.user_id, cast(? as uuid), ?, ?, cast(? as uuid),
                cast(? as uuid), cast(? as varchar(9)), cast(? as timestamp(3) with time zone), 0
            from room_member p where p.room_id = ? and p.user_id = ?
            on conflict do nothing""";

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    UserService users;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Messages() {}

    /**
     * Writes messages with consecutive numbers, but for those whose sender has already used the client id or is no longer in the room:
     * this is the one look at the membership that happens under the room's lock.
     *
     * <p>A violated constraint would cost the whole transaction, hence SQL that says what to do instead; who meets a twin that has
     * not committed waits for it. By the driver, which sends all of them in one go.
     *
     * @param seq of the first
     * @return whether all are written
     */
    boolean insert(UUID roomId, long seq, List<Posting.Fresh> messages, Instant sentAt) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                long next = seq;
                for (Posting.Fresh message : messages) {
                    Draft draft = message.post().draft();
                    Message.Everyone everyone = message.called().everyone();
                    insert.setObject(1, message.id());
                    insert.setLong(2, next++);
                    insert.setObject(3, draft.clientId());
                    insert.setString(4, draft.kind().name());
                    insert.setString(5, draft.text());
                    insert.setString(6, text(draft.replyTo()));
                    insert.setString(7, text(draft.threadId()));
                    insert.setString(8, everyone == null ? null : everyone.name());
                    insert.setObject(9, sentAt.atOffset(ZoneOffset.UTC));
                    insert.setObject(10, roomId);
                    insert.setObject(11, message.post().caller().userId());
                    insert.addBatch();
                }
                return Arrays.stream(insert.executeBatch()).allMatch(written -> written == 1);
            }
        });
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    /**
     * Those of the senders who are in the room, each with what they have already said under the client ids, in whatever room.
     *
     * <p>One look for each sender, by the constraint's own index: asked for all of them together, PostgreSQL reads the whole table when
     * it was planned while that was small, or when there are many senders and as many ids.
     */
    Map<UUID, Map<UUID, MessageRow>> saidByMembers(UUID roomId, List<Post> posts) {
        Map<UUID, Set<UUID>> clients = posts.stream()
                .collect(Collectors.groupingBy(
                        post -> post.caller().userId(),
                        Collectors.mapping(post -> post.draft().clientId(), Collectors.toSet())));
        List<UUID> members = entities.createQuery("""
                        select p.key.userId from MemberRow p join RoomRow r on r.id = p.key.roomId
                        where p.key.roomId = :room and p.key.userId in :senders and r.closedAt is null""", UUID.class)
                .setParameter("room", roomId)
                .setParameter("senders", clients.keySet())
                .getResultList();
        return members.stream()
                .collect(Collectors.toMap(
                        sender -> sender, sender -> said(sender, clients.getOrDefault(sender, Set.of()))));
    }

    private Map<UUID, MessageRow> said(UUID senderId, Set<UUID> clientIds) {
        return entities.createQuery(
                        "select m from MessageRow m where m.senderId = :sender and m.clientId in :clients",
                        MessageRow.class)
                .setParameter("sender", senderId)
                .setParameter("clients", clientIds)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.clientId, row -> row));
    }

    /** What this sender has already said under that client id, in whatever room. */
    Optional<MessageRow> said(UUID senderId, UUID clientId) {
        return entities.createQuery(
                        "select m from MessageRow m where m.senderId = :sender and m.clientId = :client",
                        MessageRow.class)
                .setParameter("sender", senderId)
                .setParameter("client", clientId)
                .getResultStream()
                .findFirst();
    }

    /** The room of a message, without reading the message: it may change until the room is locked. */
    Optional<UUID> roomOf(UUID messageId) {
        return entities.createQuery("select m.roomId from MessageRow m where m.id = :id", UUID.class)
                .setParameter("id", messageId)
                .getResultStream()
                .findFirst();
    }

    Message shown(MessageRow row) {
        return shown(List.of(row)).getFirst();
    }

    /** In the same order, with a fixed number of queries. */
    List<Message> shown(List<MessageRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, User> senders =
                users.byIds(rows.stream().map(row -> row.senderId).collect(Collectors.toSet()));
        List<UUID> ids = rows.stream().map(row -> row.id).toList();
        Map<UUID, List<Reaction>> reactions = reactions(ids);
        Map<UUID, List<UUID>> mentions = mentions(ids);
        Map<UUID, Media> media = media(rows);
        Map<UUID, Instant> pins = pins(ids);
        return rows.stream()
                .map(row -> new Message(
                        row.id,
                        row.roomId,
                        row.seq,
                        senders.getOrDefault(row.senderId, new User(row.senderId, "", "", null)),
                        row.clientId,
                        row.kind,
                        row.text,
                        media.get(row.id),
                        row.replyTo,
                        row.threadId,
                        reactions.getOrDefault(row.id, List.of()),
                        mentions.getOrDefault(row.id, List.of()),
                        row.editedAt,
                        row.deletedAt,
                        row.sentAt,
                        row.replies(),
                        row.everyone,
                        pins.get(row.id)))
                .toList();
    }

    /** By message, in the order in which each emoji was first used. */
    Map<UUID, List<Reaction>> reactions(Collection<UUID> messageIds) {
        Map<UUID, Map<String, List<UUID>>> grouped = new LinkedHashMap<>();
        entities.createQuery(
                        "select r from ReactionRow r where r.key.messageId in :ids order by r.reactedAt, r.key.emoji, r.key.userId",
                        ReactionRow.class)
                .setParameter("ids", messageIds)
                .getResultStream()
                .forEach(row -> grouped.computeIfAbsent(row.key.messageId(), id -> new LinkedHashMap<>())
                        .computeIfAbsent(row.key.emoji(), emoji -> new ArrayList<>())
                        .add(row.key.userId()));
        return grouped.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().entrySet().stream()
                                .map(emoji -> new Reaction(emoji.getKey(), emoji.getValue()))
                                .toList()));
    }

    private Map<UUID, List<UUID>> mentions(Collection<UUID> messageIds) {
        return entities.createQuery(
                        "select n from MentionRow n where n.key.messageId in :ids order by n.key.userId",
                        MentionRow.class)
                .setParameter("ids", messageIds)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> row.key.messageId(), Collectors.mapping(row -> row.key.userId(), Collectors.toList())));
    }

    private Map<UUID, Instant> pins(Collection<UUID> messageIds) {
        return entities.createQuery("select p from PinRow p where p.messageId in :ids", PinRow.class)
                .setParameter("ids", messageIds)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.messageId, row -> row.pinnedAt));
    }

    private Map<UUID, Media> media(List<MessageRow> rows) {
        List<UUID> ids = rows.stream()
                .filter(row -> row.kind == Message.Kind.MEDIA && row.deletedAt == null)
                .map(row -> row.id)
                .toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("select a from AttachmentRow a where a.messageId in :ids", AttachmentRow.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.messageId, AttachmentRow::shown));
    }
}
