package dev.parley.web.rest;

import dev.parley.calls.CallService;
import dev.parley.calls.IceServer;
import dev.parley.calls.IceWarning;
import dev.parley.calls.RecordedCall;
import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import dev.parley.signin.AdminService;
import dev.parley.users.Holder;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts, keys and the quality of calls, for those with the role of administrators; {@code forbidden} for everybody else. */
@Path("/admin")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AdminResource {

    @Inject
    Caller caller;

    @Inject
    AdminService admin;

    @Inject
    CallService calls;

    public record RecordedCalls(List<RecordedCall> calls) {}

    /** @param ttlMs how long the credentials live */
    public record IceServers(List<IceServer> iceServers, long ttlMs, Set<IceWarning> warnings) {}

    public record Accounts(List<Holder> accounts) {}

    /** An account to be opened. */
    public record NewAccount(
            @Nullable String username,
            @Nullable String password,
            @Nullable String displayName,
            @Nullable Set<String> roles) {

        @Override
        public String toString() {
            return "NewAccount[" + username + "]";
        }
    }

    /** @param atOnce because the old key is in wrong hands: all access tokens end */
    public record Rotation(@Nullable Boolean atOnce) {}

    public record Rotated(String kid) {}

    /** @param query the beginning of a user name */
    @GET
    @Path("/users")
    public Accounts list(
            @QueryParam("query") @DefaultValue("") String query, @QueryParam("limit") @DefaultValue("") String limit) {
        return new Accounts(admin.list(caller, query, Parameters.number("limit", limit, 50)));
    }

    @POST
    @Path("/users")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(@Nullable NewAccount account) {
        if (account == null) {
            throw Problem.invalid("An account takes a user name and a password.");
        }
        Set<String> roles = account.roles() == null ? Set.of() : account.roles();
        return Response.status(Response.Status.CREATED)
                .entity(admin.open(caller, account.username(), account.password(), account.displayName(), roles))
                .build();
    }

    @GET
    @Path("/users/{id}")
    public Holder find(@PathParam("id") String id) {
        return admin.find(caller, user(id));
    }

    /** What is left out stays. Closing an account and a new password end all its sessions at once. */
    @PATCH
    @Path("/users/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Holder change(@PathParam("id") String id, AdminService.@Nullable Change change) {
        if (change == null) {
            throw Problem.invalid("The request has no body.");
        }
        return admin.change(caller, user(id), change);
    }

    @DELETE
    @Path("/users/{id}/sessions")
    public void endSessions(@PathParam("id") String id) {
        admin.endSessions(caller, user(id));
    }

    /** Makes the key that signs next. */
    @POST
    @Path("/signing-keys")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rotate(@Nullable Rotation rotation) {
        boolean atOnce = rotation != null && Boolean.TRUE.equals(rotation.atOnce());
        return Response.status(Response.Status.CREATED)
                .entity(new Rotated(admin.rotateKey(caller, atOnce).kid()))
                .build();
    }

    /**
     * Calls that are over, newest first, with what their devices measured.
     *
     * @param before only calls that began before this instant or day: the {@code startedAt} of the last one gives the next page
     */
    @GET
    @Path("/calls")
    public RecordedCalls calls(
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("limit") @DefaultValue("") String limit) {
        admin.require(caller);
        return new RecordedCalls(
                calls.recorded(Parameters.instant("before", before), Parameters.number("limit", limit, 50)));
    }

    /** Servers as everybody's calls get them, and what had better be changed about them: for a test from the administrator's browser. */
    @GET
    @Path("/ice-servers")
    public Response iceServers() {
        admin.require(caller);
        var noStore = new CacheControl();
        noStore.setNoStore(true);
        var answer = new IceServers(calls.iceServers(caller), calls.iceTtl().toMillis(), calls.iceWarnings());
        return Response.ok(answer).cacheControl(noStore).build();
    }

    private static UUID user(String id) {
        UUID userId = Parameters.id("id", id);
        if (userId == null) {
            throw Problem.notFound("user");
        }
        return userId;
    }
}
