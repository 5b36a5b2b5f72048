package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.text.Text;
import dev.parley.users.User;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Says, changes and takes back. Whatever it returns is committed when the caller has it. */
@Stateless
public class ChatService {

    /** Different emoji on one message. */
    public static final int MAX_REACTIONS = 50;

    private static final int MAX_EMOJI = 32;

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    RoomViews views;

    @Inject
    Messages messages;

    @Inject
    Mentions mentions;

    @Inject
    Posting posting;

    @Inject
    Threads threads;

    @Inject
    Changes changes;

    @Inject
    ChatSettings settings;

    @Inject
    Clock clock;

    @Inject
    Event<ChatFact> facts;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public ChatService() {}

    /**
     * Says something in a room. The same client id of the same person never says it twice: the first message comes back, whatever the
     * text is now, however long ago, on whatever node and while it is still being written. A changed message needs another client id.
     *
     * @throws Problem {@code not_found} when the caller is not in the room, {@code invalid} when {@code replyTo} is not of this room
     */
    public Message post(Caller caller, UUID roomId, Draft draft) {
        return switch (posting.all(roomId, List.of(new Post(caller, draft))).getFirst()) {
            case Post.Said said -> said.message();
            case Post.Refused refused -> throw refused.problem();
        };
    }

    /**
     * The same for several at once, with one commit: each is said or refused for itself, in their order.
     *
     * @throws RuntimeException when none of them was said, such as {@link Disturbed}: then each is to be tried alone
     */
    public List<Post.Outcome> postAll(UUID roomId, List<Post> posts) {
        return posting.all(roomId, posts);
    }

    /**
     * The same when all that is said is {@link Posting#plain}, and senders are known to have been in the room a moment ago: with fewer
     * looks at the database.
     *
     * @throws RuntimeException when none of them was said, such as {@link Disturbed}: then {@link #postAll} is to be asked
     */
    public List<Post.Outcome> postAllOfKnown(UUID roomId, List<Post> posts, Map<UUID, User> senders) {
        return posting.allOfKnown(roomId, posts, senders);
    }

    /** Changes a message's text; its author only. */
    public Message edit(Caller caller, UUID messageId, String text) {
        Draft.checked(text);
        Changes.Change change = changes.of(caller, messageId);
        MessageRow row = change.message();
        if (!row.senderId.equals(caller.userId()) || row.kind == Message.Kind.CALL || row.kind == Message.Kind.SYSTEM) {
            throw Problem.of(Code.FORBIDDEN, "Only who has written a message may change it.");
        }
        if (!Text.shows(text) && row.kind == Message.Kind.TEXT) {
            throw Problem.invalid("A message needs a text.");
        }
        if (row.text.equals(text)) {
            return messages.shown(row);
        }
        Instant now = clock.instant();
        requireEditable(row, now);
        if (settings.keepRevisions()) {
            entities.persist(new RevisionRow(row, revisions(messageId) + 1));
        }
        row.text = text;
        row.editedAt = now;
        if (Mentions.everyone(Mentions.names(text)) != row.everyone) {
            row.everyone = null; // who edits takes a call back and makes none
        }
        change.noted();
        forgetMentions(messageId);
        mentions.of(row.roomId, text).forEach(userId -> entities.persist(new MentionRow(messageId, userId)));
        Message message = messages.shown(row);
        facts.fire(new ChatFact.MessageEdited(row.roomId, message));
        return message;
    }

    private void requireEditable(MessageRow row, Instant now) {
        settings.editWindow()
                .filter(window -> now.isAfter(row.sentAt.plus(window)))
                .ifPresent(window -> {
                    throw Problem.of(
                            Code.FORBIDDEN,
                            "A message may be changed for " + window + ", this one is older.",
                            Map.of("limitMs", window.toMillis()));
                });
    }

    private int revisions(UUID messageId) {
        return Math.toIntExact(
                entities.createQuery("select count(*) from RevisionRow v where v.key.messageId = :id", Long.class)
                        .setParameter("id", messageId)
                        .getSingleResult());
    }

    /** Leaves only a message's place; its author, or who moderates the room. Again is no error. */
    public Message delete(Caller caller, UUID messageId) {
        Changes.Change change = changes.evenDeleted(caller, messageId);
        MessageRow row = change.message();
        boolean moderates = change.room().kind != Room.Kind.DIRECT
                && rooms.requireMember(row.roomId, caller.userId()).role.moderates();
        if (!row.senderId.equals(caller.userId()) && !moderates) {
            throw Problem.of(Code.FORBIDDEN, "Only who has written a message or moderates its room may delete it.");
        }
        if (row.deletedAt != null) {
            return messages.shown(row);
        }
        row.text = "";
        row.deletedAt = clock.instant();
        row.everyone = null;
        change.noted();
        forgetMentions(messageId);
        forget("delete from ReactionRow r where r.key.messageId = :id", messageId);
        forget("delete from AttachmentRow a where a.messageId = :id", messageId);
        forget("delete from RevisionRow v where v.key.messageId = :id", messageId);
        forget("delete from PinRow p where p.messageId = :id", messageId);
        Message message = messages.shown(row);
        facts.fire(new ChatFact.MessageDeleted(row.roomId, message));
        threads.lost(row, change.room().lastSeq);
        return message;
    }

    /**
     * Sets or takes back the caller's reaction.
     *
     * @throws Problem {@code conflict} for more than {@link #MAX_REACTIONS} different ones
     */
    public Message react(Caller caller, UUID messageId, String emoji, boolean on) {
        requireEmoji(emoji);
        Changes.Change change = changes.of(caller, messageId);
        ReactionRow.Key key = new ReactionRow.Key(messageId, emoji, caller.userId());
        ReactionRow present = entities.find(ReactionRow.class, key);
        if ((present != null) == on) {
            return messages.shown(change.message());
        }
        if (present != null) {
            entities.remove(present);
        } else {
            requireRoomFor(emoji, messageId);
            entities.persist(new ReactionRow(key, clock.instant()));
        }
        change.noted();
        Message message = messages.shown(change.message());
        facts.fire(new ChatFact.ReactionsChanged(message.roomId(), messageId, message.reactions()));
        return message;
    }

    private static void requireEmoji(String emoji) {
        boolean misleads = emoji.codePoints().anyMatch(c -> Character.isWhitespace(c) || Text.misleading(c));
        if (emoji.length() > MAX_EMOJI || misleads || !Text.shows(Text.wellFormed(emoji, "emoji"))) {
            throw Problem.of(
                    Code.INVALID,
                    "A reaction is one emoji of at most " + MAX_EMOJI + " characters.",
                    Map.of("limit", MAX_EMOJI));
        }
    }

    private void requireRoomFor(String emoji, UUID messageId) {
        List<Reaction> reactions = messages.reactions(List.of(messageId)).getOrDefault(messageId, List.of());
        boolean known = reactions.stream().anyMatch(reaction -> reaction.emoji().equals(emoji));
        if (!known && reactions.size() >= MAX_REACTIONS) {
            throw Problem.of(
                    Code.CONFLICT,
                    "A message has at most " + MAX_REACTIONS + " different reactions.",
                    Map.of("limit", MAX_REACTIONS));
        }
    }

    /**
     * Sets up to where the caller has read, forward or back.
     *
     * @param seq more than there is means everything
     */
    public ReadState markRead(Caller caller, UUID roomId, long seq) {
        if (seq < 0) {
            throw Problem.invalid("seq counts from 0, not from " + seq + ".");
        }
        long lastSeq = rooms.lastSeqFor(roomId, caller.userId()).orElseThrow(() -> Problem.notFound("room"));
        // locked, so that two devices' marks are told in the order in which they were made
        MemberRow place = rooms.lockedMember(roomId, caller.userId());
        long readSeq = Math.min(seq, lastSeq);
        boolean moved = place.readSeq != readSeq;
        place.readSeq = readSeq;
        RoomViews.Unread left = views.unread(roomId, caller.userId());
        ReadState state = new ReadState(readSeq, left.messages(), left.mentions(), left.lastSeq());
        if (moved) {
            facts.fire(new ChatFact.ReadMarked(roomId, caller.userId(), state));
        }
        return state;
    }

    /**
     * How far somebody has read, and what of others is left; the wire's shape.
     *
     * @param lastSeq the newest message that was counted: one behind it, heard before or after this, is not in the counts
     */
    public record ReadState(long readSeq, long unread, long mentions, long lastSeq) {}

    private void forgetMentions(UUID messageId) {
        forget("delete from MentionRow n where n.key.messageId = :id", messageId);
    }

    private void forget(String what, UUID messageId) {
        entities.createQuery(what).setParameter("id", messageId).executeUpdate();
    }
}
