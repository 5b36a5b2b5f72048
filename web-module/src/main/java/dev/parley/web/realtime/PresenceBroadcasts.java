package dev.parley.web.realtime;

import dev.parley.presence.Presence;
import dev.parley.presence.PresenceFact;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.SocketServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/** Tells those who share a room with a person, and the person's own devices, how that person is present. */
@ApplicationScoped
class PresenceBroadcasts {

    @Inject
    SocketServer server;

    record Online(UUID userId, Presence.Status status, Instant at) {}

    record Offline(UUID userId, Instant lastSeenAt) {}

    record Changed(Presence presence) {}

    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) PresenceFact fact) {
        Broadcast audience = audience(fact);
        switch (fact) {
            case PresenceFact.CameOnline came -> {
                audience.emit(
                        "user_online", new Online(came.userId(), came.presence().status(), came.at()));
                if (came.presence().statusText() != null) {
                    audience.emit("presence_changed", new Changed(came.presence()));
                }
            }
            case PresenceFact.WentOffline went ->
                audience.emit("user_offline", new Offline(went.userId(), went.lastSeenAt()));
            case PresenceFact.Changed changed -> audience.emit("presence_changed", new Changed(changed.presence()));
        }
    }

    private Broadcast audience(PresenceFact fact) {
        String[] rooms = Stream.concat(
                        Stream.of(Audience.person(fact.userId())),
                        fact.roomIds().stream().map(Audience::room))
                .toArray(String[]::new);
        return server.to(rooms);
    }
}
