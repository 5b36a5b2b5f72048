package dev.parley.web.rest;

import dev.parley.calls.CallService;
import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a device can say of its call when its socket says nothing any more. */
@Path("/calls/{callId}")
@RequestScoped
public class CallsResource {

    @Inject
    Caller caller;

    @Inject
    CallService calls;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public CallsResource() {}

    /** @param legId the one that the call's admission gave to this device */
    public record Goodbye(@Nullable UUID legId) {}

    /** Leaves the call with this leg; 204 as well when it has left already. For a page that is being closed. */
    @POST
    @Path("/leave")
    @Consumes(MediaType.APPLICATION_JSON)
    public void leave(@PathParam("callId") UUID callId, Goodbye goodbye) {
        UUID legId = goodbye.legId();
        if (legId == null) {
            throw Problem.invalid("'legId' is missing.");
        }
        calls.goneAway(caller, callId, legId);
    }
}
