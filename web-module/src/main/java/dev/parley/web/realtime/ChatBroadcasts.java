package dev.parley.web.realtime;

import dev.parley.chat.ChatFact;
import dev.parley.chat.Message;
import dev.parley.chat.Reaction;
import dev.parley.chat.Room;
import dev.parley.socketio.SocketServer;
import dev.parley.users.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the people of a room what has changed in it, once it is committed and in the order in which it happened. */
@ApplicationScoped
public class ChatBroadcasts {

    private static final Logger LOG = System.getLogger(ChatBroadcasts.class.getName());

    @Inject
    SocketServer server;

    private final RoomOrder<ChatFact> order = new RoomOrder<>(this::tellSafely, System::nanoTime);

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public ChatBroadcasts() {}

    void fired(@Observes(during = TransactionPhase.IN_PROGRESS) ChatFact fact) {
        if (ordered(fact)) {
            order.fired(fact.roomId(), fact);
        }
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChatFact fact) {
        if (ordered(fact)) {
            order.committed(fact.roomId(), fact);
        } else {
            tellSafely(fact);
        }
    }

    void rolledBack(@Observes(during = TransactionPhase.AFTER_FAILURE) ChatFact fact) {
        if (ordered(fact)) {
            order.rolledBack(fact.roomId(), fact);
        }
    }

    /** How far one person has read is not fired under the room's lock and needs no order. */
    private static boolean ordered(ChatFact fact) {
        return !(fact instanceof ChatFact.ReadMarked);
    }

    /** What cannot be told must not keep the rest of the room from being told. */
    private void tellSafely(ChatFact fact) {
        try {
            tell(fact);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A {0} could not be told: {1}", fact.getClass().getSimpleName(), e.toString());
        }
    }

    private void tell(ChatFact fact) {
        UUID roomId = fact.roomId();
        String room = Audience.room(roomId);
        switch (fact) {
            case ChatFact.MessagePosted posted -> server.to(room).emit("message", new Said(posted.message()));
            case ChatFact.MessageEdited edited -> server.to(room).emit("message_updated", new Said(edited.message()));
            case ChatFact.MessageDeleted deleted ->
                server.to(room).emit("message_deleted", new Said(deleted.message()));
            case ChatFact.ReactionsChanged changed ->
                server.to(room).emit("reaction", new Reacted(roomId, changed.messageId(), changed.reactions()));
            case ChatFact.ReadMarked read -> {
                // what is left is the reader's own business; their other devices need it to show the same
                String reader = Audience.person(read.userId());
                server.to(reader)
                        .emit("read", new Read(roomId, read.userId(), read.seq(), read.unread(), read.mentions()));
                server.to(room).except(reader).emit("read", new Read(roomId, read.userId(), read.seq(), null, null));
            }
            case ChatFact.RoomOpened opened -> opened.room().forEach(this::letIn);
            case ChatFact.MemberJoined joined -> {
                letIn(joined.user().id(), joined.room());
                server.to(room).emit("member_joined", new Membership(roomId, joined.user()));
            }
            case ChatFact.MemberLeft left -> {
                String person = Audience.person(left.user().id());
                server.to(person).socketsLeave(room);
                server.to(person)
                        .emit(
                                "room_removed",
                                new Removed(roomId, left.reason().name().toLowerCase(Locale.ROOT)));
                server.to(room).emit("member_left", new Membership(roomId, left.user()));
            }
            case ChatFact.RoomUpdated updated ->
                updated.room()
                        .forEach((userId, seen) ->
                                server.to(Audience.person(userId)).emit("room_updated", new Shown(seen)));
            case ChatFact.RoomArchived archived -> {
                server.to(room).emit("room_removed", new Removed(roomId, "archived"));
                server.to(room).socketsLeave(room);
            }
        }
    }

    /** The sockets join before they are told, so that a message that follows finds them. */
    private void letIn(UUID userId, Room room) {
        String person = Audience.person(userId);
        server.to(person).socketsJoin(Audience.room(room.id()));
        server.to(person).emit("room_added", new Shown(room));
    }

    record Said(Message message) {}

    record Reacted(UUID roomId, UUID messageId, List<Reaction> reactions) {}

    record Read(
            UUID roomId,
            UUID userId,
            long seq,
            @Nullable Long unread,
            @Nullable Long mentions) {}

    record Shown(Room room) {}

    record Removed(UUID roomId, String reason) {}

    record Membership(UUID roomId, User user) {}
}
