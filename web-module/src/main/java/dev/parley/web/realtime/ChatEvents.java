package dev.parley.web.realtime;

import static dev.parley.web.realtime.Payload.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chat.ChatService;
import dev.parley.chat.Draft;
import dev.parley.chat.HistoryService;
import dev.parley.chat.Message;
import dev.parley.chat.PinService;
import dev.parley.chat.Post;
import dev.parley.chat.Posts;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import dev.parley.text.Text;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What people say to each other, and the ephemeral notices beside it that nobody keeps. */
@ApplicationScoped
@SocketEndpoint
public class ChatEvents {

    /** The longest ephemeral notice, in bytes of JSON. */
    private static final int MAX_NOTICE = 4 * 1024;

    private static final int MAX_NOTICE_TYPE = 64;

    private static final int SYNC_PAGE = 100;

    @Inject
    ChatService chat;

    @Inject
    Posts posts;

    @Inject
    HistoryService history;

    @Inject
    RoomSizes sizes;

    @Inject
    PinService pins;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public ChatEvents() {}

    public record MessageReceipt(Message message) {}

    public record SendMessage(
            UUID roomId,
            UUID clientId,
            String text,
            @Nullable UUID replyTo,
            @Nullable UUID threadId,
            @Nullable Boolean confirmMentions) {

        public SendMessage {
            required(roomId, "roomId");
            required(clientId, "clientId");
            required(text, "text");
        }
    }

    @OnEvent("message_send")
    @RateLimited(Limit.MESSAGE)
    public CompletionStage<MessageReceipt> send(Caller caller, SendMessage message) {
        Draft draft = Draft.text(message.clientId, message.text, message.replyTo)
                .in(message.threadId)
                .confirmed(Boolean.TRUE.equals(message.confirmMentions));
        return posts.post(message.roomId, new Post(caller, draft)).thenApply(MessageReceipt::new);
    }

    public record EditMessage(UUID messageId, String text) {

        public EditMessage {
            required(messageId, "messageId");
            required(text, "text");
        }
    }

    @OnEvent("message_edit")
    @RateLimited(Limit.MESSAGE)
    public MessageReceipt edit(Caller caller, EditMessage edit) {
        return new MessageReceipt(chat.edit(caller, edit.messageId, edit.text));
    }

    public record DeleteMessage(UUID messageId) {

        public DeleteMessage {
            required(messageId, "messageId");
        }
    }

    @OnEvent("message_delete")
    @RateLimited(Limit.MESSAGE)
    public MessageReceipt delete(Caller caller, DeleteMessage delete) {
        return new MessageReceipt(chat.delete(caller, delete.messageId));
    }

    public record SetReaction(UUID messageId, String emoji, boolean on) {

        public SetReaction {
            required(messageId, "messageId");
            required(emoji, "emoji");
        }
    }

    @OnEvent("reaction_set")
    @RateLimited(Limit.MESSAGE)
    public MessageReceipt react(Caller caller, SetReaction reaction) {
        return new MessageReceipt(chat.react(caller, reaction.messageId, reaction.emoji, reaction.on));
    }

    public record PinMessage(UUID messageId, boolean on) {

        public PinMessage {
            required(messageId, "messageId");
        }
    }

    @OnEvent("message_pin")
    @RateLimited(Limit.MESSAGE)
    public MessageReceipt pin(Caller caller, PinMessage pin) {
        return new MessageReceipt(pins.pin(caller, pin.messageId, pin.on));
    }

    public record MarkRead(UUID roomId, long seq) {

        public MarkRead {
            required(roomId, "roomId");
        }
    }

    @OnEvent("read_mark")
    public ChatService.ReadState markRead(Caller caller, MarkRead mark) {
        return chat.markRead(caller, mark.roomId, mark.seq);
    }

    public record Sync(List<SyncRoom> rooms, @Nullable Integer limit) {

        public Sync {
            required(rooms, "rooms").forEach(room -> required(room, "rooms[]"));
        }
    }

    public record SyncRoom(UUID roomId, long afterSeq) {

        public SyncRoom {
            required(roomId, "rooms[].roomId");
        }
    }

    public record Synced(List<HistoryService.Missed> rooms) {}

    @OnEvent("sync")
    public Synced sync(Caller caller, Sync sync) {
        List<HistoryService.Cursor> cursors = sync.rooms.stream()
                .map(room -> new HistoryService.Cursor(room.roomId, room.afterSeq))
                .toList();
        return new Synced(history.sync(caller, cursors, sync.limit == null ? SYNC_PAGE : sync.limit));
    }

    /** @param threadId where in the room, if in a thread; nobody looks whether there is one, since nothing hangs on it */
    public record Typing(UUID roomId, @Nullable UUID threadId, boolean on) {

        public Typing {
            required(roomId, "roomId");
        }
    }

    public record TypingNotice(UUID roomId, @Nullable UUID threadId, UUID userId, boolean on) {}

    /** A relay: nothing changed, nothing is stored, and who reads slowly does not need it. In a crowd nobody does. */
    @OnEvent("typing")
    @RateLimited(Limit.TYPING)
    public void typing(Caller caller, Socket socket, Typing typing) {
        Broadcast others = others(socket, typing.roomId);
        if (sizes.crowded(typing.roomId)) {
            return;
        }
        others.volatileEmit("typing", new TypingNotice(typing.roomId, typing.threadId, caller.userId(), typing.on));
    }

    public record Signal(UUID roomId, String type, @Nullable JsonNode data) {

        public Signal {
            required(roomId, "roomId");
            if (required(type, "type").isBlank() || type.length() > MAX_NOTICE_TYPE) {
                throw Problem.invalid("'type' has 1 to " + MAX_NOTICE_TYPE + " characters.");
            }
            Text.wellFormed(type, "type");
        }
    }

    public record Ephemeral(
            UUID roomId, UUID userId, String type, @Nullable JsonNode data) {}

    /** Any other relay between clients of the room, of which the server understands nothing. Volatile: recovery replays none. */
    @OnEvent("signal_ephemeral")
    @RateLimited(Limit.EPHEMERAL)
    public void signal(Caller caller, Socket socket, Signal signal) {
        int size = signal.data == null ? 0 : signal.data.toString().getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_NOTICE) {
            throw Problem.of(
                    Code.TOO_LARGE,
                    "A notice has at most " + MAX_NOTICE + " bytes, this one has " + size + ".",
                    Map.of("limit", MAX_NOTICE, "size", size));
        }
        others(socket, signal.roomId)
                .volatileEmit("ephemeral", new Ephemeral(signal.roomId, caller.userId(), signal.type, signal.data));
    }

    /** All but this socket; its rooms are what it may speak into, which memory knows without a database. */
    private static Broadcast others(Socket socket, UUID roomId) {
        String room = Audience.room(roomId);
        if (!socket.rooms().contains(room)) {
            throw Problem.notFound("room");
        }
        return socket.within(room);
    }
}
