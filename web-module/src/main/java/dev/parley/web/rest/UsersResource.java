package dev.parley.web.rest;

import dev.parley.identity.Caller;
import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** People whom the caller may address. */
@Path("/users")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {

    private static final int LISTED = 20;

    @Inject
    UserService users;

    @Inject
    Caller caller;

    /** A page of people. */
    public record Found(List<User> users) {}

    /** @param limit 1 to 50 */
    @GET
    public Found search(
            @QueryParam("query") @DefaultValue("") String query, @QueryParam("limit") @DefaultValue("") String limit) {
        return new Found(users.search(caller, query, Parameters.number("limit", limit, LISTED)));
    }
}
