package dev.parley.web.realtime;

import dev.parley.cluster.Alarm;
import dev.parley.identity.Caller;
import dev.parley.signin.SessionService;
import dev.parley.signin.SignInFact;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends the sockets of sign-ins that have ended: at once when it is told, and by looking again and again for what it was not told
 * (the row was changed by hand, a message between nodes was lost). Tells the sockets of this node when it goes.
 */
@ApplicationScoped
class SessionWatch {

    private static final Logger LOG = System.getLogger(SessionWatch.class.getName());

    /** Other nodes take over at once; one that stands alone is there again in some seconds, and clients ask again until then. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(2);

    @Inject
    SocketServer server;

    @Inject
    SessionService sessions;

    @Inject
    Alarm alarm;

    @Inject
    @ConfigProperty(name = "parley.session.recheck", defaultValue = "PT30S")
    Duration every;

    private volatile boolean stopped;

    void told(@Observes(during = TransactionPhase.AFTER_SUCCESS) SignInFact fact) {
        switch (fact) {
            case SignInFact.Revoked revoked ->
                SessionEnd.of(server.to(Audience.session(revoked.sessionId())), SessionEnd.Reason.REVOKED);
        }
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        alarm.after(every, this::lookAgain);
    }

    private void lookAgain() {
        if (stopped) {
            return;
        }
        try {
            look();
        } catch (RuntimeException failed) {
            // a database in trouble ends nobody's session, and not this watch either
            LOG.log(Level.WARNING, "open sessions could not be looked at: {0}", failed.toString());
        } finally {
            alarm.after(every, this::lookAgain);
        }
    }

    void look() {
        Map<UUID, List<Socket>> bySession = server.of("/").sockets().stream()
                .filter(socket -> socket.attribute(Caller.class).isPresent())
                .collect(Collectors.groupingBy(
                        socket -> socket.attribute(Caller.class).orElseThrow().sessionId()));
        Set<UUID> ended = sessions.endedAmong(bySession.keySet());
        bySession.forEach((sessionId, sockets) -> {
            if (ended.contains(sessionId)) {
                sockets.forEach(socket -> SessionEnd.of(socket, SessionEnd.Reason.REVOKED, null));
            }
        });
    }

    /** Before the library closes its connections. */
    void goodbye() {
        if (!stopped) {
            stopped = true;
            SessionEnd.announce(server.local(), SessionEnd.Reason.DRAIN, ELSEWHERE);
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }
}
