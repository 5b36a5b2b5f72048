package dev.parley.web.rest;

import dev.parley.identity.Caller;
import dev.parley.uploads.MediaService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;

/** Sends those who may see a file to where it is, for two minutes. */
@Path("/media/{id}")
@RequestScoped
public class MediaResource {

    @Inject
    Caller caller;

    @Inject
    MediaService media;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public MediaResource() {}

    /** @param download to save it, also when it could be shown */
    @GET
    public Response read(@PathParam("id") UUID id, @QueryParam("download") @DefaultValue("false") boolean download) {
        return found(media.read(caller, id, download));
    }

    @GET
    @Path("/thumbnail")
    public Response thumbnail(@PathParam("id") UUID id) {
        return found(media.thumbnail(caller, id));
    }

    /** Nobody may keep the answer: the next one may be that there is nothing to see. */
    private static Response found(URI where) {
        return Response.status(Response.Status.FOUND)
                .location(where)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
