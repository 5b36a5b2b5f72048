package dev.parley.socketio.adapter;

import dev.parley.engineio.Timers;
import dev.parley.socketio.protocol.Outgoing;
import dev.parley.socketio.protocol.Packet;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rooms in the memory of one node, with sessions that outlive their connection. Each event gets a position and carries it as its last
 * argument (the offset), by which a client says what it has received.
 *
 * <p>Three things differ from the reference server. A client that has received nothing yet has no offset to show; we know what was
 * sent to its socket first, and go back to there. An offset is a position, so that it is found without a search, and one that is the
 * last that was sent is good however long ago that was. And a session's client is let back in although its old connection has not
 * been missed yet, which is {@code socketio}'s part.
 */
public final class RecoveringAdapter extends ForwardingAdapter {

    private record Kept(SessionState state, long head, Timers.Timer expiry) {}

    private final Home home;
    private final Recovery limits;
    private final LocalAdapter local;
    private final Sequencer sequencer = new Sequencer();
    /** Distinguishes our offsets from those of a server that was here before. */
    private final String epoch = Long.toString(new SecureRandom().nextLong() >>> 28, Character.MAX_RADIX) + ".";
    // All that follows is touched inside the sequencer only.
    private final EventLog log;
    private final Map<String, Kept> sessions = new LinkedHashMap<>();
    private long head;
    private Timers.@Nullable Timer sweep;

    /** @param limits how much is kept, and how long */
    public RecoveringAdapter(Home home, Recovery limits) {
        this(home, limits, new LocalAdapter(home));
    }

    private RecoveringAdapter(Home home, Recovery limits, LocalAdapter local) {
        super(local);
        this.home = home;
        this.limits = limits;
        this.local = local;
        this.log = new EventLog(limits.maxPackets(), limits.maxBytes());
    }

    // ---- broadcasting

    @Override
    public void broadcast(Outgoing message, BroadcastOptions options) {
        if (options.isVolatile() || message.packet().ackId() != Packet.NO_ACK) {
            sequencer.behind(() -> local.broadcast(message, options));
            return;
        }
        sequencer.run(() -> {
            long position = head + 1;
            var kept = message.kept(position, epoch + Long.toString(position, Character.MAX_RADIX));
            log.add(kept, options); // encodes: what cannot be encoded takes no position
            head = position;
            sweepLater();
            local.broadcast(kept, options);
        });
    }

    /** Forgets events that are older than any session could need: a lost connection is noticed late, so a little longer than those. */
    private void sweepLater() {
        if (sweep == null) {
            long mark = head;
            var time = limits.maxDisconnectionDuration().multipliedBy(3).dividedBy(2);
            sweep = home.timers()
                    .after(
                            time,
                            () -> sequencer.run(() -> {
                                sweep = null;
                                log.forgetUpTo(mark);
                                if (!log.isEmpty()) {
                                    sweepLater();
                                }
                            }));
        }
    }

    @Override
    public void ordered(Runnable send) {
        sequencer.behind(send);
    }

    // ---- sessions

    @Override
    public void persistSession(Subscriber socket, Supplier<SessionState> state) {
        sequencer.run(() -> {
            local.delAll(socket);
            var last = state.get();
            var expiry = home.timers()
                    .after(limits.maxDisconnectionDuration(), () -> sequencer.run(() -> expire(last.pid())));
            sessions.put(last.pid(), new Kept(last, head, expiry));
            if (sessions.size() > limits.maxSessions()) {
                expire(sessions.keySet().iterator().next());
            }
        });
    }

    private void expire(String pid) {
        var session = sessions.remove(pid);
        if (session != null) {
            session.expiry().cancel();
            home.sessionExpired(session.state());
        }
    }

    @Override
    public CompletionStage<Optional<RestoredSession>> restoreSession(
            String pid, @Nullable String offset, Function<SessionState, Subscriber> resume) {
        var restored = new CompletableFuture<Optional<RestoredSession>>();
        sequencer.run(() -> {
            try {
                restored.complete(restore(pid, offset, resume));
            } catch (RuntimeException | Error failure) {
                restored.completeExceptionally(failure);
            }
        });
        return restored;
    }

    private Optional<RestoredSession> restore(
            String pid, @Nullable String offset, Function<SessionState, Subscriber> resume) {
        var session = sessions.get(pid);
        if (session == null) {
            return Optional.empty();
        }
        long from = firstMissed(session, offset);
        if (from == 0 || !log.reachesBackTo(from)) {
            expire(pid); // its client begins anew and will not ask for it again
            return Optional.empty();
        }
        sessions.remove(pid);
        session.expiry().cancel();
        var state = session.state();
        var missed = log.from(from, options -> isMeant(state, options));
        local.addAll(resume.apply(state), state.rooms());
        return Optional.of(new RestoredSession(state, true, missed));
    }

    /** The position of the first event that the client may not have; 0 when its offset is none that it can have. */
    private long firstMissed(Kept session, @Nullable String offset) {
        var state = session.state();
        if (offset == null) {
            return state.firstSequence() == 0 ? session.head() + 1 : state.firstSequence();
        }
        long received = position(offset);
        if (received <= 0 || received > state.lastSequence()) {
            return 0;
        }
        return received == state.lastSequence() ? session.head() + 1 : received + 1;
    }

    private long position(String offset) {
        if (!offset.startsWith(epoch)) {
            return 0;
        }
        try {
            return Long.parseLong(offset.substring(epoch.length()), Character.MAX_RADIX);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isMeant(SessionState session, BroadcastOptions options) {
        return (options.everyone() || isIn(session, options.rooms())) && !isIn(session, options.except());
    }

    private static boolean isIn(SessionState session, Set<String> rooms) {
        return rooms.contains(session.socketId()) || !Collections.disjoint(session.rooms(), rooms);
    }

    /** Sessions, events, sockets and rooms remembered. */
    public int size() {
        return sessions.size() + log.size() + local.size();
    }

    @Override
    public void close() {
        sequencer.run(() -> {
            sessions.values().forEach(session -> session.expiry().cancel());
            sessions.clear();
            if (sweep != null) {
                sweep.cancel();
            }
            log.forgetUpTo(Long.MAX_VALUE);
            local.close();
        });
    }
}
