package dev.parley.calls;

import dev.parley.chat.ChatFact;
import dev.parley.cluster.Alarm;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Takes those out of a room's call who are not in the room any more: at once, and not when their leg asks for its next lease. On a thread
 * of its own, because a call that ends by it is written down, and the transaction that has just ended has no room for another.
 */
@ApplicationScoped
class Departures {

    @Inject
    CallService calls;

    @Inject
    Alarm alarm;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Departures() {}

    void heard(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChatFact fact) {
        if (fact instanceof ChatFact.MemberLeft left) {
            alarm.after(
                    Duration.ZERO,
                    () -> calls.sentOut(left.roomId(), left.user().id()));
        } else if (fact instanceof ChatFact.RoomClosed closed) {
            alarm.after(Duration.ZERO, () -> calls.closed(closed.roomId()));
        }
    }
}
