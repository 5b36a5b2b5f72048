package dev.parley.web.realtime;

import dev.parley.identity.Caller;
import dev.parley.presence.Presence;
import dev.parley.presence.PresenceService;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people say about their own presence; coming and going are {@link SessionEvents}' business. */
@ApplicationScoped
@SocketEndpoint("/")
class PresenceEvents {

    @Inject
    PresenceService presence;

    /** @param until when the choice ends; never when it is missing */
    record Choice(
            Presence.@Nullable Status status,
            @Nullable String statusText,
            @Nullable Instant until) {}

    record Chosen(Presence presence) {}

    @OnEvent("presence_set")
    @RateLimited(Limit.PRESENCE)
    Chosen set(Caller caller, Choice choice) {
        return new Chosen(presence.choose(caller, choice.status(), choice.statusText(), choice.until()));
    }

    @OnEvent("presence_active")
    void active(Caller caller, Socket socket) {
        presence.active(caller, socket.id());
    }
}
