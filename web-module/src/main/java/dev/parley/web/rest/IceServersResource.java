package dev.parley.web.rest;

import dev.parley.calls.CallService;
import dev.parley.calls.IceServer;
import dev.parley.identity.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code GET /api/ice-servers}: who helps the caller's devices to find a path, with credentials for a short time. */
@Path("/ice-servers")
@RequestScoped
public class IceServersResource {

    @Inject
    CallService calls;

    @Inject
    Caller caller;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public IceServersResource() {}

    /** @param ttlMs how long the credentials live */
    public record Answer(List<IceServer> iceServers, long ttlMs) {}

    @GET
    public Response iceServers() {
        var noStore = new CacheControl();
        noStore.setNoStore(true);
        var answer = new Answer(calls.iceServers(caller), calls.iceTtl().toMillis());
        return Response.ok(answer).cacheControl(noStore).build();
    }
}
