package dev.parley.web.rest;

import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import dev.parley.uploads.UploadRequest;
import dev.parley.uploads.UploadService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Leave to store a file; the bytes themselves never come here. */
@Path("/uploads")
@RequestScoped
public class UploadsResource {

    @Inject
    Caller caller;

    @Inject
    UploadService uploads;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public UploadsResource() {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response request(@Nullable UploadRequest request) {
        if (request == null) {
            throw Problem.invalid("The request has no body.");
        }
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(uploads.request(caller, request))
                .build();
    }
}
