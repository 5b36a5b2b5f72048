package dev.parley.web.rest;

import dev.parley.chat.HistoryService;
import dev.parley.chat.SearchService;
import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what was said in rooms that one may read. */
@Path("/search")
@RequestScoped
public class SearchResource {

    private static final int LISTED = 50;

    @Inject
    Caller caller;

    @Inject
    SearchService search;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public SearchResource() {}

    /**
     * The newest first.
     *
     * @param from a person's id or user name
     * @param before an instant or a day (UTC)
     * @param has file, image or link
     */
    @GET
    public HistoryService.Page find(
            @QueryParam("q") @Nullable String q,
            @QueryParam("roomId") @Nullable String roomId,
            @QueryParam("from") @Nullable String from,
            @QueryParam("before") @Nullable String before,
            @QueryParam("after") @Nullable String after,
            @QueryParam("has") @Nullable String has,
            @QueryParam("limit") @Nullable String limit) {
        return search.search(
                caller,
                new SearchService.Question(
                        q == null ? "" : q,
                        Parameters.id("roomId", roomId),
                        from,
                        Parameters.instant("before", before),
                        Parameters.instant("after", after),
                        has(has),
                        Parameters.number("limit", limit, LISTED)));
    }

    private static SearchService.@Nullable Has has(@Nullable String has) {
        if (has == null || has.isEmpty()) {
            return null;
        }
        return switch (has.toLowerCase(Locale.ROOT)) {
            case "file" -> SearchService.Has.FILE;
            case "image" -> SearchService.Has.IMAGE;
            case "link" -> SearchService.Has.LINK;
            default -> throw Problem.invalid("'has' is file, image or link.");
        };
    }
}
