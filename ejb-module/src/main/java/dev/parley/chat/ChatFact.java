package dev.parley.chat;

import dev.parley.users.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What has changed in a room, fired inside the transaction that changed it and told to people after its commit. A fact carries all
 * that its telling needs.
 *
 * <p>Every fact but those {@link OfPerson} is fired while the room's row is locked: the order of firing is the order of the room.
 */
public sealed interface ChatFact {

    UUID roomId();

    record MessagePosted(UUID roomId, Message message) implements ChatFact {}

    record MessageEdited(UUID roomId, Message message) implements ChatFact {}

    record MessageDeleted(UUID roomId, Message message) implements ChatFact {}

    /** @param reactions all of that message's */
    record ReactionsChanged(UUID roomId, UUID messageId, List<Reaction> reactions) implements ChatFact {}

    /** A message is pinned, or is not any more. */
    record MessagePinned(UUID roomId, Message message) implements ChatFact {}

    /** A thread has other replies now. */
    record ThreadChanged(UUID roomId, UUID threadId, Message.Replies replies) implements ChatFact {}

    /** People have begun to follow a thread because of what was said in it. */
    record ThreadFollowed(UUID roomId, UUID threadId, Set<UUID> people) implements ChatFact {}

    /**
     * What concerns one person alone. Fired while a row of that person is locked, and not the room's: the order of firing is the order
     * of that person's doings there.
     */
    sealed interface OfPerson extends ChatFact {

        UUID userId();
    }

    record ReadMarked(UUID roomId, UUID userId, ChatService.ReadState state) implements OfPerson {}

    record ThreadPlaced(UUID roomId, UUID userId, ThreadPlace place) implements OfPerson {}

    record DraftKept(UUID roomId, UUID userId, DraftService.Kept draft) implements OfPerson {}

    /** @param room the new room as each of its members sees it */
    record RoomOpened(UUID roomId, Map<UUID, Room> room) implements ChatFact {}

    /** @param room the room as the new member sees it */
    record MemberJoined(UUID roomId, User user, Room room) implements ChatFact {}

    /** Somebody is no longer in a room. */
    record MemberLeft(UUID roomId, User user, Reason reason) implements ChatFact {

        public enum Reason {
            LEFT,
            REMOVED
        }
    }

    /** @param room the room as each of those sees it for whom it looks different now */
    record RoomUpdated(UUID roomId, Map<UUID, Room> room) implements ChatFact {}

    /**
     * Somebody is something else in a room now.
     *
     * @param room the room as that person sees it
     */
    record RoleChanged(UUID roomId, User user, Room.Role role, Room room) implements ChatFact {}

    /** Nobody sees the room any more. */
    record RoomClosed(UUID roomId, Set<UUID> members) implements ChatFact {}
}
