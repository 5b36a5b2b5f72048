package dev.parley.calls;

import dev.parley.calls.Call.Participant;
import dev.parley.users.User;
import java.util.UUID;

/** What happened to a call, with all that its telling needs. Fired after the transition has won, outside any transaction. */
public sealed interface CallFact {

    UUID callId();

    UUID roomId();

    /**
     * It rings for everybody in the room but the one who started it; or it goes on already, and the room is told that it does.
     *
     * @param rings whether it rings
     * @param socketId the connection of the one who started it
     */
    record Started(Call call, User from, boolean rings, String socketId) implements CallFact {
        @Override
        public UUID callId() {
            return call.id();
        }

        @Override
        public UUID roomId() {
            return call.roomId();
        }
    }

    /** A device of that person rings. */
    record Rang(UUID callId, UUID roomId, UUID userId) implements CallFact {}

    /** A person answered: the others of their devices stop ringing. */
    record Answered(UUID callId, UUID roomId, UUID userId, UUID bySessionId, String socketId) implements CallFact {}

    record Declined(UUID callId, UUID roomId, UUID userId, String reason) implements CallFact {}

    /** @param socketId the connection of the one who joined */
    record Joined(UUID callId, UUID roomId, Participant participant, String socketId) implements CallFact {}

    /** @param reason {@code hangup}, {@code failed}, {@code lost}, {@code replaced} (by another leg of that person) or {@code removed} */
    record Left(UUID callId, UUID roomId, UUID userId, UUID legId, String reason) implements CallFact {}

    record MediaChanged(UUID callId, UUID roomId, Participant participant) implements CallFact {}

    record Ended(Call call, EndReason reason) implements CallFact {
        @Override
        public UUID callId() {
            return call.id();
        }

        @Override
        public UUID roomId() {
            return call.roomId();
        }
    }
}
