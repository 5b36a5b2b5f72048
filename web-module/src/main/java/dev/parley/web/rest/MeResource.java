package dev.parley.web.rest;

import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import dev.parley.users.AccountService;
import dev.parley.users.ProfileChange;
import dev.parley.users.User;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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
    Caller caller;

    @GET
    public User me() {
        return accounts.me(caller);
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public User change(@Nullable ProfileChange change) {
        if (change == null) {
            throw Problem.invalid("The request has no body.");
        }
        return accounts.change(caller, change);
    }
}
