package dev.parley.web.rest;

import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import dev.parley.signin.DeviceSession;
import dev.parley.signin.SessionService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** The devices that the caller is signed in with. Whose session ends hears {@code session_ended} at once. */
@Path("/sessions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {

    @Inject
    Caller caller;

    @Inject
    SessionService sessions;

    /** All of them, the one last used first. */
    public record Sessions(List<DeviceSession> sessions) {}

    @GET
    public Sessions list() {
        return new Sessions(sessions.devicesOf(caller));
    }

    /** Ends all but the one that asks. */
    @DELETE
    public void endOthers() {
        sessions.endOthers(caller);
    }

    @DELETE
    @Path("/{id}")
    public void end(@PathParam("id") String id) {
        UUID sessionId = Parameters.id("id", id);
        if (sessionId == null) {
            throw Problem.notFound("session");
        }
        sessions.end(caller, sessionId);
    }
}
