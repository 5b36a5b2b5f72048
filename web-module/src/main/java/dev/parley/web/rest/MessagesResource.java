package dev.parley.web.rest;

import dev.parley.chat.HistoryService;
import dev.parley.identity.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was said in a room. */
@Path("/rooms/{id}/messages")
@RequestScoped
public class MessagesResource {

    private static final int LISTED = 50;

    @Inject
    Caller caller;

    @Inject
    HistoryService history;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public MessagesResource() {}

    /** Oldest first; without a position the newest ones. */
    @GET
    public HistoryService.Page page(
            @PathParam("id") UUID roomId,
            @QueryParam("beforeSeq") @Nullable String beforeSeq,
            @QueryParam("afterSeq") @Nullable String afterSeq,
            @QueryParam("aroundSeq") @Nullable String aroundSeq,
            @QueryParam("limit") @Nullable String limit) {
        return history.page(
                caller,
                roomId,
                new HistoryService.Window(
                        Parameters.seq("beforeSeq", beforeSeq),
                        Parameters.seq("afterSeq", afterSeq),
                        Parameters.seq("aroundSeq", aroundSeq),
                        Parameters.number("limit", limit, LISTED)));
    }
}
