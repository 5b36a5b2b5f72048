package dev.parley.web.rest;

import dev.parley.chat.MemberService;
import dev.parley.chat.Message;
import dev.parley.chat.PinService;
import dev.parley.chat.Room;
import dev.parley.chat.RoomService;
import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rooms: one's own, those to join, and what they are called. */
@Path("/rooms")
@RequestScoped
public class RoomsResource {

    private static final int LISTED = 50;

    @Inject
    Caller caller;

    @Inject
    RoomService rooms;

    @Inject
    MemberService members;

    @Inject
    PinService pins;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public RoomsResource() {}

    public record RoomList(List<Room> rooms) {}

    /**
     * The caller's rooms; with {@code kind=public} those public ones that they have not joined, by name.
     *
     * @param query part of the name of a room to join
     * @param limit of rooms to join, at most 200
     */
    @GET
    public RoomList list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("query") @Nullable String query,
            @QueryParam("limit") @Nullable String limit) {
        if (kind == null) {
            return new RoomList(rooms.roomsOf(caller));
        }
        if (!kind.equals(Room.Kind.PUBLIC.wire())) {
            throw Problem.invalid("Only public rooms can be looked for.");
        }
        return new RoomList(
                rooms.joinable(caller, query == null ? "" : query, Parameters.number("limit", limit, LISTED)));
    }

    public record NewRoom(
            Room.@Nullable Kind kind,
            @Nullable String name,
            @Nullable String topic,
            @Nullable List<UUID> members) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Nullable NewRoom wanted) {
        if (wanted == null || wanted.kind == null || wanted.name == null) {
            throw Problem.invalid("A room needs a kind and a name.");
        }
        List<UUID> invited = wanted.members == null ? List.of() : wanted.members;
        if (invited.stream().anyMatch(Objects::isNull)) {
            throw Problem.invalid("'members' has a hole.");
        }
        Room room = rooms.create(
                caller, new RoomService.NewRoom(wanted.kind, wanted.name, wanted.topic, new HashSet<>(invited)));
        return Response.created(URI.create("/api/rooms/" + room.id()))
                .entity(room)
                .build();
    }

    /** Either of them. */
    public record Direct(@Nullable UUID userId, @Nullable List<UUID> userIds) {}

    @POST
    @Path("/direct")
    @Consumes(MediaType.APPLICATION_JSON)
    public Room direct(@Nullable Direct with) {
        if (with != null && with.userId != null) {
            return rooms.direct(caller, Set.of(with.userId));
        }
        if (with == null || with.userIds == null || with.userIds.stream().anyMatch(Objects::isNull)) {
            throw Problem.invalid("'userId' or 'userIds' is missing.");
        }
        return rooms.direct(caller, new HashSet<>(with.userIds));
    }

    @GET
    @Path("/{id}")
    public Room room(@PathParam("id") UUID id) {
        return rooms.room(caller, id);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Room change(@PathParam("id") UUID id, RoomService.@Nullable RoomChange change) {
        if (change == null) {
            throw Problem.invalid("The request has no body.");
        }
        return rooms.change(caller, id, change);
    }

    @DELETE
    @Path("/{id}")
    public void close(@PathParam("id") UUID id) {
        rooms.close(caller, id);
    }

    /** From now on it can only be read. */
    @POST
    @Path("/{id}/archive")
    public Room archive(@PathParam("id") UUID id) {
        return rooms.archive(caller, id, true);
    }

    @POST
    @Path("/{id}/unarchive")
    public Room unarchive(@PathParam("id") UUID id) {
        return rooms.archive(caller, id, false);
    }

    public record Pins(List<Message> messages) {}

    /** What is pinned there, the latest first. */
    @GET
    @Path("/{id}/pins")
    public Pins pins(@PathParam("id") UUID id) {
        return new Pins(pins.pins(caller, id));
    }

    @POST
    @Path("/{id}/join")
    public Room join(@PathParam("id") UUID id) {
        return members.join(caller, id);
    }

    @POST
    @Path("/{id}/leave")
    public void leave(@PathParam("id") UUID id) {
        members.leave(caller, id);
    }
}
