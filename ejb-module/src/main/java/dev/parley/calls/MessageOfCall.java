package dev.parley.calls;

import dev.parley.chat.ChatService;
import dev.parley.chat.Draft;
import dev.parley.identity.Caller;
import dev.parley.presence.SharedRooms;
import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Leaves the trace of a call as a message of who started it; the call's id makes it one message, however often it is left. */
@Dependent
class MessageOfCall implements CallLog {

    /** The most names in one message: as many as talk at once. */
    private static final int NAMED = 8;

    private final ChatService chat;
    private final SharedRooms memberships;
    private final UserService users;

    @Inject
    MessageOfCall(ChatService chat, SharedRooms memberships, UserService users) {
        this.chat = chat;
        this.memberships = memberships;
        this.users = users;
    }

    @Override
    public void callEnded(EndedCall call) {
        // who has left the room in the meantime leaves no message in it
        if (memberships.roomIdsOf(call.startedBy()).contains(call.roomId())) {
            var starter = new Caller(call.startedBy(), new UUID(0, 0), "", Set.of());
            chat.post(starter, call.roomId(), Draft.call(call.callId(), text(call, names(call))));
        }
    }

    /** Of those who came to whoever began it, in the order they did. */
    private List<String> names(EndedCall call) {
        var known = users.byIds(call.people());
        return call.people().stream()
                .filter(userId -> !userId.equals(call.startedBy()))
                .flatMap(userId -> Optional.ofNullable(known.get(userId)).stream())
                .map(User::displayName)
                .toList();
    }

    /**
     * For people and for clients that know nothing better: what it was, and how long or why not; in a room with whom, too. A room's call
     * that rang nowhere was missed by nobody.
     *
     * @param others who came to whoever began it
     */
    static String text(EndedCall call, List<String> others) {
        var what = call.kind() == CallKind.VIDEO ? "video call" : "call";
        var answeredAt = call.answeredAt();
        if (answeredAt != null) {
            var took = ", " + clock(Duration.between(answeredAt, call.endedAt()));
            if (call.direct()) {
                return sentence(what) + took;
            }
            return others.isEmpty()
                    ? sentence(what) + took + ", nobody joined"
                    : sentence(what) + " with " + list(others) + took;
        }
        return switch (call.reason()) {
            case DECLINED -> "Declined " + what;
            case BUSY -> sentence(what) + ", busy";
            case HANGUP, MISSED, FAILED, LOST -> "Missed " + what;
        };
    }

    private static String list(List<String> names) {
        if (names.size() > NAMED) {
            return String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
        }
        var last = names.getLast();
        return names.size() == 1 ? last : String.join(", ", names.subList(0, names.size() - 1)) + " and " + last;
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
