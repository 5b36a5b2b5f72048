package dev.parley.web.rest;

import dev.parley.chat.HistoryService;
import dev.parley.chat.HistoryService.Revision;
import dev.parley.chat.HistoryService.Window;
import dev.parley.chat.Message;
import dev.parley.chat.ThreadService;
import dev.parley.identity.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One message, what it said before, and what was replied to it: what a link to it leads to. */
@Path("/messages/{id}")
@RequestScoped
public class MessageResource {

    private static final int LISTED = 50;

    @Inject
    Caller caller;

    @Inject
    HistoryService history;

    @Inject
    ThreadService threads;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public MessageResource() {}

    @GET
    public Message message(@PathParam("id") UUID id) {
        return history.message(caller, id);
    }

    public record Revisions(List<Revision> revisions) {}

    /** Oldest first; empty where the administrator does not keep them. */
    @GET
    @Path("/revisions")
    public Revisions revisions(@PathParam("id") UUID id) {
        return new Revisions(history.revisions(caller, id));
    }

    /** The replies of the thread that this message began, oldest first; without a position the newest ones. */
    @GET
    @Path("/thread")
    public ThreadService.Page thread(
            @PathParam("id") UUID id,
            @QueryParam("beforeSeq") @Nullable String beforeSeq,
            @QueryParam("afterSeq") @Nullable String afterSeq,
            @QueryParam("limit") @Nullable String limit) {
        return threads.page(
                caller,
                id,
                new Window(
                        Parameters.seq("beforeSeq", beforeSeq),
                        Parameters.seq("afterSeq", afterSeq),
                        null,
                        Parameters.number("limit", limit, LISTED)));
    }
}
