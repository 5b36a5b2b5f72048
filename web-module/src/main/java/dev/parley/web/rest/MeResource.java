package dev.parley.web.rest;

import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import dev.parley.signin.Origin;
import dev.parley.signin.SignInService;
import dev.parley.users.AccountService;
import dev.parley.users.ProfileChange;
import dev.parley.users.Self;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The caller's own profile. */
@Path("/me")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    @Inject
    AccountService accounts;

    @Inject
    SignInService signIns;

    @Inject
    Caller caller;

    @Context
    HttpServletRequest request;

    @GET
    public Self me() {
        return accounts.self(caller);
    }

    /** A change of password: whoever holds an open session does not therefore know the old one. */
    public record NewPassword(
            @Nullable String currentPassword, @Nullable String newPassword) {

        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    /** Ends all of the person's other sessions. */
    @POST
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    public void changePassword(@Nullable NewPassword change) {
        if (change == null) {
            throw Problem.invalid("The request has no body.");
        }
        signIns.changePassword(
                caller,
                change.currentPassword(),
                change.newPassword(),
                Origin.of(request.getHeader(HttpHeaders.USER_AGENT), request.getRemoteAddr()));
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Self change(@Nullable ProfileChange change) {
        if (change == null) {
            throw Problem.invalid("The request has no body.");
        }
        return accounts.change(caller, change);
    }
}
