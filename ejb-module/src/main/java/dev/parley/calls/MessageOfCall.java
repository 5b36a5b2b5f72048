package dev.parley.calls;

import dev.parley.chat.ChatService;
import dev.parley.chat.Draft;
import dev.parley.identity.Caller;
import dev.parley.presence.SharedRooms;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Leaves the trace of a call as a message of who started it; the call's id makes it one message, however often it is left. */
@Dependent
class MessageOfCall implements CallLog {

    private final ChatService chat;
    private final SharedRooms memberships;

    @Inject
    MessageOfCall(ChatService chat, SharedRooms memberships) {
        this.chat = chat;
        this.memberships = memberships;
    }

    @Override
    public void callEnded(EndedCall call) {
        // who has left the room in the meantime leaves no message in it
        if (memberships.roomIdsOf(call.startedBy()).contains(call.roomId())) {
            var starter = new Caller(call.startedBy(), new UUID(0, 0), "", Set.of());
            chat.post(starter, call.roomId(), Draft.call(call.callId(), text(call)));
        }
    }

    /** For people and for clients that know nothing better: what it was, and how long or why not. */
    static String text(EndedCall call) {
        var what = call.kind() == CallKind.VIDEO ? "video call" : "call";
        var answeredAt = call.answeredAt();
        if (answeredAt != null) {
            return sentence(what) + ", " + clock(Duration.between(answeredAt, call.endedAt()));
        }
        return switch (call.reason()) {
            case DECLINED -> "Declined " + what;
            case BUSY -> sentence(what) + ", busy";
            case HANGUP, MISSED, FAILED, LOST -> "Missed " + what;
        };
    }

    private static String sentence(String what) {
        return Character.toUpperCase(what.charAt(0)) + what.substring(1);
    }

    private static String clock(Duration duration) {
        String seconds = String.format("%02d", duration.toSecondsPart());
        return duration.toHours() == 0
                ? duration.toMinutes() + ":" + seconds
                : duration.toHours() + ":" + String.format("%02d", duration.toMinutesPart()) + ":" + seconds;
    }
}
