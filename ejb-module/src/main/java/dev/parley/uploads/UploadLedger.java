package dev.parley.uploads;

import dev.parley.chat.ChatService;
import dev.parley.chat.Draft;
import dev.parley.chat.HistoryService;
import dev.parley.chat.Message;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was allowed and what became of it, in short transactions: none is open while the store is asked. Its methods are public for
 * the container; the rows that they speak of keep everybody else out.
 */
@Stateless
public class UploadLedger {

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    ChatService chat;

    @Inject
    HistoryService history;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public UploadLedger() {}

    /** Remembers what was allowed. */
    public void open(UploadRow row) {
        entities.persist(row);
    }

    /** An upload of the caller. */
    public UploadRow own(Caller caller, UUID uploadId) {
        return Optional.ofNullable(entities.find(UploadRow.class, uploadId))
                .filter(row -> row.ownerId.equals(caller.userId()))
                .orElseThrow(() -> Problem.notFound("upload"));
    }

    /** The message that shares an upload already, when it is this one. */
    public Message again(Caller caller, UploadRow row, UUID clientId) {
        Message message = row.messageId == null ? null : history.message(caller, row.messageId);
        if (message == null || !message.clientId().equals(clientId)) {
            throw Problem.of(Code.CONFLICT, "This upload is shared already.");
        }
        return message;
    }

    /** Posts the message, unless a twin has: the upload's row is locked before the room's. */
    public Message share(Caller caller, UUID uploadId, Draft draft) {
        UploadRow row = entities.find(UploadRow.class, uploadId, LockModeType.PESSIMISTIC_WRITE);
        if (row.state != UploadRow.State.REQUESTED) {
            return again(caller, row, draft.clientId());
        }
        Message message = chat.post(caller, row.roomId, draft);
        if (message.media() == null || !message.media().id().equals(uploadId)) {
            throw Problem.of(Code.CONFLICT, "This clientId belongs to another message.");
        }
        row.state = UploadRow.State.SHARED;
        row.messageId = message.id();
        return message;
    }

    /** @return whether the upload is not shared, so that its object may go */
    public boolean reject(UUID uploadId) {
        UploadRow row = entities.find(UploadRow.class, uploadId, LockModeType.PESSIMISTIC_WRITE);
        if (row.state == UploadRow.State.REQUESTED) {
            row.state = UploadRow.State.REJECTED;
        }
        return row.state == UploadRow.State.REJECTED;
    }

    /** A shared upload whose message the caller may see. */
    public UploadRow visible(Caller caller, UUID uploadId) {
        return Optional.ofNullable(entities.find(UploadRow.class, uploadId))
                .filter(row -> row.state == UploadRow.State.SHARED && isVisible(caller, row.messageId))
                .orElseThrow(() -> Problem.notFound("media"));
    }

    private boolean isVisible(Caller caller, @Nullable UUID messageId) {
        return messageId != null
                && history.visible(caller, messageId)
                        .filter(message -> message.deletedAt() == null)
                        .isPresent();
    }

    /** Uploads that nobody shared. */
    public List<UploadRow> abandoned(Instant before, int limit) {
        return entities.createQuery("""
                        select u from UploadRow u
                        where u.state in (REQUESTED, REJECTED) and u.createdAt < :before order by u.createdAt""", UploadRow.class)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Uploads whose message is deleted. */
    public List<UploadRow> deleted(int limit) {
        return entities.createQuery("""
                        select u from UploadRow u join MessageRow m on m.id = u.messageId
                        where u.state = SHARED and m.deletedAt is not null order by u.createdAt""", UploadRow.class).setMaxResults(limit).getResultList();
    }

    /** Forgets an upload that was never shared. */
    public void forget(UUID uploadId) {
        entities.createQuery("delete from UploadRow u where u.id = :id and u.messageId is null")
                .setParameter("id", uploadId)
                .executeUpdate();
    }

    public void removed(UUID uploadId) {
        entities.find(UploadRow.class, uploadId).state = UploadRow.State.REMOVED;
    }
}
