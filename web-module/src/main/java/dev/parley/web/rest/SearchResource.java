package dev.parley.web.rest;

import dev.parley.chat.SearchQuery;
import dev.parley.chat.SearchService;
import dev.parley.identity.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
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
     * @param q words and operators, see {@link SearchQuery}
     * @param from a person's id or user name; this and what follows wins over an operator
     * @param before an instant or a day (UTC)
     * @param has file, image or link
     * @param cursor of the page before
     */
    @GET
    public SearchService.Found find(
            @QueryParam("q") @Nullable String q,
            @QueryParam("roomId") @Nullable String roomId,
            @QueryParam("from") @Nullable String from,
            @QueryParam("before") @Nullable String before,
            @QueryParam("after") @Nullable String after,
            @QueryParam("has") @Nullable String has,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        SearchQuery query = SearchQuery.parse(q == null ? "" : q)
                .and(
                        from,
                        Parameters.instant("before", before),
                        Parameters.instant("after", after),
                        has == null || has.isEmpty() ? null : SearchQuery.Has.parse(has));
        return search.search(
                caller,
                new SearchService.Question(
                        query,
                        Parameters.id("roomId", roomId),
                        Parameters.id("cursor", cursor),
                        Parameters.number("limit", limit, LISTED)));
    }
}
