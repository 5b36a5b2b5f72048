package dev.parley.web.realtime;

import dev.parley.chat.ChatFact;
import dev.parley.chat.ChatService;
import dev.parley.chat.FactOutcomes;
import dev.parley.chat.Message;
import dev.parley.chat.Reaction;
import dev.parley.chat.Room;
import dev.parley.cluster.Alarm;
import dev.parley.socketio.SocketServer;
import dev.parley.users.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the people of a room what has changed in it, once it is committed and in the order in which it happened. */
@ApplicationScoped
public class ChatBroadcasts {

    private static final Logger LOG = System.getLogger(ChatBroadcasts.class.getName());

    /** Between two looks at what became of a commit; so many that a database may be away for five minutes. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int ATTEMPTS = 300;

    @Inject
    SocketServer server;

    @Inject
    Newcomers newcomers;

    @Inject
    FactOutcomes outcomes;

    @Inject
    Alarm alarm;

    private final RoomOrder<ChatFact> order = new RoomOrder<>(this::tellSafely, System::nanoTime);

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public ChatBroadcasts() {}

    void fired(@Observes(during = TransactionPhase.IN_PROGRESS) ChatFact fact) {
        order.fired(line(fact), fact);
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChatFact fact) {
        order.committed(line(fact), fact);
    }

    /**
     * Facts are the last that a service does: when a transaction fails behind one, its commit did, and whether the database has heard of
     * that commit nobody knows. The fact keeps its place until the database has said.
     */
    void failed(@Observes(during = TransactionPhase.AFTER_FAILURE) ChatFact fact) {
        lookSoon(fact, ATTEMPTS);
    }

    private void lookSoon(ChatFact fact, int attempts) {
        alarm.after(PAUSE, () -> look(fact, attempts));
    }

    private void look(ChatFact fact, int attempts) {
        Optional<ChatFact> outcome;
        try {
            outcome = outcomes.of(fact);
        } catch (RuntimeException unanswered) {
            if (attempts > 1) {
                lookSoon(fact, attempts - 1);
                return;
            }
            LOG.log(Level.WARNING, "Whether a {0} was committed is not known: {1}", name(fact), unanswered.toString());
            outcome = Optional.empty();
        }
        order.settled(line(fact), fact, outcome);
    }

    /** What is fired under one lock stands in one line: the room's, or that of one person's place in it. */
    private static UUID line(ChatFact fact) {
        UUID roomId = fact.roomId();
        return fact instanceof ChatFact.OfPerson own
                ? new UUID(
                        roomId.getMostSignificantBits() ^ own.userId().getMostSignificantBits(),
                        roomId.getLeastSignificantBits() ^ own.userId().getLeastSignificantBits())
                : roomId;
    }

    /** What cannot be told must not keep the rest of the room from being told. */
    private void tellSafely(ChatFact fact) {
        try {
            tell(fact);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A {0} could not be told: {1}", name(fact), e.toString());
        }
    }

    private static String name(ChatFact fact) {
        return fact.getClass().getSimpleName();
    }

    private void tell(ChatFact fact) {
        UUID roomId = fact.roomId();
        String room = Audience.room(roomId);
        switch (fact) {
            case ChatFact.MessagePosted posted -> {
                Said said = new Said(posted.message());
                newcomers.tell(
                        roomId,
                        posted.message().seq(),
                        said,
                        apart -> server.to(room).except(apart).emit("message", said));
            }
            case ChatFact.MessageEdited edited -> server.to(room).emit("message_updated", new Said(edited.message()));
            case ChatFact.MessageDeleted deleted ->
                server.to(room).emit("message_deleted", new Said(deleted.message()));
            case ChatFact.ReactionsChanged changed ->
                server.to(room).emit("reaction", new Reacted(roomId, changed.messageId(), changed.reactions()));
            case ChatFact.ReadMarked read -> {
                // what is left is the reader's own business; their other devices need it to show the same
                String reader = Audience.person(read.userId());
                ChatService.ReadState state = read.state();
                server.to(reader)
                        .emit(
                                "read",
                                new Read(
                                        roomId,
                                        read.userId(),
                                        state.readSeq(),
                                        state.unread(),
                                        state.mentions(),
                                        state.lastSeq()));
                server.to(room)
                        .except(reader)
                        .emit("read", new Read(roomId, read.userId(), state.readSeq(), null, null, null));
            }
            case ChatFact.MessagePinned pinned -> server.to(room).emit("message_updated", new Said(pinned.message()));
            case ChatFact.ThreadChanged thread ->
                server.to(room).emit("thread_updated", new ThreadNews(roomId, thread.threadId(), thread.replies()));
            case ChatFact.ThreadFollowed followed ->
                server.to(followed.people().stream().map(Audience::person).toArray(String[]::new))
                        .emit("thread_followed", new Followed(roomId, followed.threadId()));
            case ChatFact.ThreadPlaced placed ->
                server.to(Audience.person(placed.userId())).emit("thread_place", placed.place());
            case ChatFact.DraftKept kept ->
                server.to(Audience.person(kept.userId())).emit("draft", kept.draft());
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
            case ChatFact.RoleChanged changed -> {
                server.to(Audience.person(changed.user().id())).emit("room_updated", new Shown(changed.room()));
                server.to(room).emit("member_updated", new Promotion(roomId, changed.user(), changed.role()));
            }
            case ChatFact.RoomClosed closed -> {
                server.to(room).emit("room_removed", new Removed(roomId, "closed"));
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

    record ThreadNews(UUID roomId, UUID threadId, Message.Replies thread) {}

    record Followed(UUID roomId, UUID threadId) {}

    record Reacted(UUID roomId, UUID messageId, List<Reaction> reactions) {}

    record Read(
            UUID roomId,
            UUID userId,
            long seq,
            @Nullable Long unread,
            @Nullable Long mentions,
            @Nullable Long lastSeq) {}

    record Shown(Room room) {}

    record Removed(UUID roomId, String reason) {}

    record Promotion(UUID roomId, User user, Room.Role role) {}

    record Membership(UUID roomId, User user) {}
}
