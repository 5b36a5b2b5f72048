package dev.parley.chat;

import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** The rows of messages, and what people see of them. */
@Dependent
class Messages {

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    UserService users;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Messages() {}

    /**
     * Writes a message unless its sender has already used its client id or is no longer in the room: this is the one look at the
     * membership that happens under the room's lock.
     *
     * <p>A violated constraint would cost the whole transaction, hence SQL that says what to do instead; who meets a twin that has
     * not committed waits for it.
     *
     * @return whether it is written
     */
    boolean insert(
            UUID id,
            UUID roomId,
            long seq,
            UUID senderId,
            Draft draft,
            Message.@Nullable Everyone everyone,
            Instant sentAt) {
        NativeQuery<?> insert = entities.createNativeQuery("""
                        insert into message
                            (id, room_id, seq, sender_id, client_id, kind, text, reply_to, thread_id, everyone, sent_at, changed_seq)
                        select cast(:id as uuid), p.room_id, cast(:seq as bigint), p.user_id, cast(:client as uuid), :kind, :text,
                            cast(:replyTo as uuid), cast(:thread as uuid), cast(:everyone as varchar(9)), cast(:sentAt as timestamp(3) with time zone), 0
                        from room_member p where p.room_id = :room and p.user_id = :sender
                        on conflict do nothing""").unwrap(NativeQuery.class);
        return insert.setParameter("id", id)
                        .setParameter("room", roomId)
                        .setParameter("seq", seq)
                        .setParameter("sender", senderId)
                        .setParameter("client", draft.clientId())
                        .setParameter("kind", draft.kind().name())
                        .setParameter("text", draft.text())
                        .setParameter("replyTo", draft.replyTo(), UUID.class)
                        .setParameter("thread", draft.threadId(), UUID.class)
                        .setParameter("everyone", everyone == null ? null : everyone.name(), String.class)
                        .setParameter("sentAt", sentAt)
                        .executeUpdate()
                == 1;
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
