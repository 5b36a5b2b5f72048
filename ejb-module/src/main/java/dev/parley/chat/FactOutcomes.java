package dev.parley.chat;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of facts whose commit failed. A connection that breaks in a commit leaves it open whether the database has made it true:
 * its client will ask again and get the same message, but those who listen must be told of it too.
 */
@Stateless
public class FactOutcomes {

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    RoomViews views;

    @Inject
    Messages messages;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public FactOutcomes() {}

    /**
     * What is to be told in place of a fact: the same as it is now, which harms nobody who has heard it; nothing when it did not come
     * true.
     */
    public Optional<ChatFact> of(ChatFact fact) {
        UUID roomId = fact.roomId();
        return switch (fact) {
            case ChatFact.MessagePosted posted ->
                current(posted.message().id()).map(message -> new ChatFact.MessagePosted(roomId, message));
            case ChatFact.MessageEdited edited -> changed(edited.message().id());
            case ChatFact.MessageDeleted deleted -> changed(deleted.message().id());
            case ChatFact.ReactionsChanged reacted ->
                current(reacted.messageId())
                        .map(message ->
                                new ChatFact.ReactionsChanged(roomId, reacted.messageId(), message.reactions()));
            case ChatFact.MessagePinned pinned ->
                current(pinned.message().id()).map(message -> new ChatFact.MessagePinned(roomId, message));
            case ChatFact.ThreadChanged thread ->
                current(thread.threadId())
                        .flatMap(root -> Optional.ofNullable(root.thread()))
                        .map(replies -> new ChatFact.ThreadChanged(roomId, thread.threadId(), replies));
            case ChatFact.ThreadFollowed followed -> Optional.of(followed);
            // the next one tells all of it again
            case ChatFact.OfPerson own -> Optional.empty();
            case ChatFact.RoomOpened opened -> seen(roomId).map(room -> new ChatFact.RoomOpened(roomId, room));
            case ChatFact.RoomUpdated updated -> seen(roomId).map(room -> new ChatFact.RoomUpdated(roomId, room));
            case ChatFact.MemberJoined joined ->
                views.of(joined.user().id(), roomId)
                        .map(room -> new ChatFact.MemberJoined(roomId, joined.user(), room));
            case ChatFact.MemberLeft left ->
                rooms.isMember(roomId, left.user().id()) ? Optional.empty() : Optional.of(left);
            case ChatFact.RoleChanged changed ->
                views.of(changed.user().id(), roomId)
                        .map(room -> new ChatFact.RoleChanged(
                                roomId, changed.user(), room.role() == null ? changed.role() : room.role(), room));
            case ChatFact.RoomClosed closed -> rooms.open(roomId).isPresent() ? Optional.empty() : Optional.of(closed);
        };
    }

    private Optional<ChatFact> changed(UUID messageId) {
        return current(messageId)
                .map(message -> message.deletedAt() == null
                        ? new ChatFact.MessageEdited(message.roomId(), message)
                        : new ChatFact.MessageDeleted(message.roomId(), message));
    }

    private Optional<Message> current(UUID messageId) {
        return Optional.ofNullable(entities.find(MessageRow.class, messageId)).map(messages::shown);
    }

    private Optional<Map<UUID, Room>> seen(UUID roomId) {
        return Optional.of(views.ofEach(roomId)).filter(room -> !room.isEmpty());
    }
}
