package dev.parley.web.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.chat.MemberService;
import dev.parley.chat.MemberService.Member;
import dev.parley.chat.Room;
import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is in a room. */
@Path("/rooms/{id}/members")
@RequestScoped
public class MembersResource {

    @Inject
    Caller caller;

    @Inject
    MemberService members;

    @Inject
    ObjectMapper mapper;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public MembersResource() {}

    public record MemberList(List<Member> members) {}

    @GET
    public MemberList list(@PathParam("id") UUID roomId) {
        return new MemberList(members.members(caller, roomId));
    }

    public record Place(Room.@Nullable Role role) {}

    /** Brings somebody in, or gives a member another role; the body may be left out. */
    @PUT
    @Path("/{userId}")
    @Consumes(MediaType.WILDCARD) // who sends no body names no type either
    public Member put(@PathParam("id") UUID roomId, @PathParam("userId") UUID userId, InputStream body)
            throws IOException {
        byte[] place = body.readAllBytes();
        return members.put(caller, roomId, userId, place.length == 0 ? null : read(place).role);
    }

    private Place read(byte[] body) throws IOException {
        try {
            Place place = mapper.readValue(body, Place.class);
            if (place == null) {
                throw Problem.invalid("The request's body is null.");
            }
            return place;
        } catch (JacksonException e) {
            throw new BadRequestException(e); // wrapped: see JsonBody
        }
    }

    @DELETE
    @Path("/{userId}")
    public void remove(@PathParam("id") UUID roomId, @PathParam("userId") UUID userId) {
        members.remove(caller, roomId, userId);
    }
}
