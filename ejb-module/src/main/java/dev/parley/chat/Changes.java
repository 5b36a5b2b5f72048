package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;

/** Finds messages that are to be changed. */
@Dependent
class Changes {

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    Messages messages;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Changes() {}

    /** A message, under its room's lock: whoever has seen the room up to its last_seq knows what follows. */
    record Change(RoomRow room, MessageRow message) {

        /** Those who have seen the room up to now have missed what happens to the message now. */
        void noted() {
            message.changedSeq = room.lastSeq;
        }
    }

    /** @throws Problem {@code not_found} for what the caller may not see, {@code conflict} when it is deleted */
    Change of(Caller caller, UUID messageId) {
        Change change = evenDeleted(caller, messageId);
        if (change.message.deletedAt != null) {
            throw Problem.of(Code.CONFLICT, "This message is deleted.");
        }
        return change;
    }

    Change evenDeleted(Caller caller, UUID messageId) {
        UUID roomId = messages.roomOf(messageId)
                .filter(room -> rooms.isMember(room, caller.userId()))
                .orElseThrow(() -> Problem.notFound("message"));
        RoomRow room = Rooms.requireWritable(rooms.lockedFor(caller, roomId));
        return new Change(room, entities.find(MessageRow.class, messageId));
    }
}
