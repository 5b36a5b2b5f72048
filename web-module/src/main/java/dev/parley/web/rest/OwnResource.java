package dev.parley.web.rest;

import dev.parley.chat.DraftService;
import dev.parley.chat.ThreadService;
import dev.parley.identity.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is the caller's own over all rooms: the threads that they follow, and what they have begun to write. */
@Path("/")
@RequestScoped
public class OwnResource {

    private static final int LISTED = 20;

    @Inject
    Caller caller;

    @Inject
    ThreadService threads;

    @Inject
    DraftService drafts;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public OwnResource() {}

    /**
     * The one with the latest reply first.
     *
     * @param before only those whose latest reply is older: an instant
     * @param limit at most 50
     */
    @GET
    @Path("threads")
    public ThreadService.Listing threads(
            @QueryParam("before") @Nullable String before, @QueryParam("limit") @Nullable String limit) {
        return threads.mine(caller, Parameters.instant("before", before), Parameters.number("limit", limit, LISTED));
    }

    public record Drafts(List<DraftService.Kept> drafts) {}

    /** The latest first. */
    @GET
    @Path("drafts")
    public Drafts drafts() {
        return new Drafts(drafts.draftsOf(caller));
    }
}
