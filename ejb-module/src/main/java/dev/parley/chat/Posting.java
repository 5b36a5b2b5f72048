package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the new messages of one room, in the transaction of who calls. What can be known beforehand is asked before the room is locked,
 * which the statement does that counts it on: between that and the commit there is one other, however many messages there are.
 */
@Dependent
class Posting {

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    Messages messages;

    @Inject
    Mentions mentions;

    @Inject
    Threads threads;

    @Inject
    UserService users;

    @Inject
    Speakers speakers;

    @Inject
    Clock clock;

    @Inject
    Event<ChatFact> facts;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Posting() {}

    /** The sender's name for a message; the same one is the same message. */
    private record Key(UUID senderId, UUID clientId) {

        static Key of(Post post) {
            return new Key(post.caller().userId(), post.draft().clientId());
        }
    }

    /** A message that nobody has said before, and may be said. */
    record Fresh(UUID id, Post post, User sender, Mentions.Called called) {}

    /**
     * In the order of the posts; what became of each.
     *
     * @throws Disturbed when several were to be written and one of them was not: nothing is to be committed then
     */
    List<Post.Outcome> all(UUID roomId, List<Post> posts) {
        Map<UUID, Map<UUID, MessageRow>> said = messages.saidByMembers(roomId, posts);
        Map<UUID, User> people = users.byIds(said.keySet());
        speakers.remember(roomId, people.values());
        Map<Key, Post.Outcome> outcomes = new HashMap<>();
        Map<Key, Fresh> fresh = new LinkedHashMap<>();
        for (Post post : posts) {
            Key key = Key.of(post);
            if (outcomes.containsKey(key) || fresh.containsKey(key)) {
                continue;
            }
            try {
                MessageRow earlier = said.getOrDefault(key.senderId, Map.of()).get(key.clientId);
                if (earlier != null) {
                    outcomes.put(key, new Post.Said(again(post.caller(), earlier)));
                } else {
                    fresh.put(key, fresh(roomId, post, people.get(key.senderId)));
                }
            } catch (Problem refusal) {
                outcomes.put(key, new Post.Refused(refusal));
            }
        }
        if (!fresh.isEmpty()) {
            outcomes.putAll(written(roomId, fresh));
        }
        return inOrder(posts, outcomes);
    }

    /**
     * The same for what is {@link #plain} and most likely new, of people of whom memory says that they are in the room: nothing is asked
     * beforehand.
     *
     * @throws Disturbed when one of them has said that before, or is not in the room any more: nothing is to be committed then
     */
    List<Post.Outcome> allOfKnown(UUID roomId, List<Post> posts, Map<UUID, User> senders) {
        Map<Key, Fresh> fresh = new LinkedHashMap<>();
        for (Post post : posts) {
            User sender =
                    Optional.ofNullable(senders.get(post.caller().userId())).orElseThrow();
            fresh.putIfAbsent(Key.of(post), new Fresh(MessageIds.IDS.next(), post, sender, Mentions.Called.NOBODY));
        }
        List<Fresh> all = List.copyOf(fresh.values());
        long first = rooms.counted(roomId, all.size()).orElseThrow(Disturbed::new) - all.size() + 1;
        Instant now = clock.instant();
        if (!messages.insert(roomId, first, all, now)) {
            throw new Disturbed();
        }
        return inOrder(posts, told(roomId, first, all, now));
    }

    /** Whether it says nothing but itself: what refers to something or calls somebody has to be looked at. */
    static boolean plain(Post post) {
        Draft draft = post.draft();
        return draft.kind() == Message.Kind.TEXT
                && draft.replyTo() == null
                && draft.threadId() == null
                && Mentions.names(draft.text()).isEmpty();
    }

    private static List<Post.Outcome> inOrder(List<Post> posts, Map<Key, Post.Outcome> outcomes) {
        return posts.stream()
                .map(post -> Optional.ofNullable(outcomes.get(Key.of(post))).orElseThrow())
                .toList();
    }

    private Fresh fresh(UUID roomId, Post post, @Nullable User sender) {
        if (sender == null) {
            throw Problem.notFound("room"); // or in it, but not a person any more
        }
        Draft draft = post.draft();
        if (draft.replyTo() != null && !messages.roomOf(draft.replyTo()).equals(Optional.of(roomId))) {
            throw Problem.invalid("replyTo is no message of this room.");
        }
        if (draft.threadId() != null) {
            threads.requireRoot(draft.threadId(), roomId);
        }
        return new Fresh(MessageIds.IDS.next(), post, sender, mentions.called(post.caller(), roomId, draft));
    }

    private Map<Key, Post.Outcome> written(UUID roomId, Map<Key, Fresh> fresh) {
        List<Fresh> all = List.copyOf(fresh.values());
        Optional<Long> lastSeq = rooms.counted(roomId, all.size());
        if (lastSeq.isEmpty()) {
            Problem closed = rooms.open(roomId).isEmpty() ? Problem.notFound("room") : Rooms.archived();
            return fresh.keySet().stream().collect(Collectors.toMap(key -> key, key -> new Post.Refused(closed)));
        }
        Instant now = clock.instant();
        long before = lastSeq.get() - all.size();
        boolean whole = messages.insert(roomId, before + 1, all, now);
        if (!whole && all.size() > 1) {
            throw new Disturbed();
        }
        if (!whole) {
            rooms.counted(roomId, -1); // nobody has seen that number: the room is locked still
            Post post = all.getFirst().post;
            return Map.of(Key.of(post), gainsaid(post));
        }
        return told(roomId, before + 1, all, now);
    }

    private Map<Key, Post.Outcome> told(UUID roomId, long first, List<Fresh> all, Instant now) {
        Map<Key, Post.Outcome> outcomes = new HashMap<>();
        long seq = first;
        for (Fresh one : all) {
            outcomes.put(Key.of(one.post), new Post.Said(told(roomId, seq++, one, now)));
        }
        return outcomes;
    }

    /** Not written under the lock: a twin was faster, or its sender was sent out a moment ago. */
    private Post.Outcome gainsaid(Post post) {
        try {
            return messages.said(post.caller().userId(), post.draft().clientId())
                    .<Post.Outcome>map(earlier -> new Post.Said(again(post.caller(), earlier)))
                    .orElseGet(() -> new Post.Refused(Problem.notFound("room")));
        } catch (Problem refusal) {
            return new Post.Refused(refusal);
        }
    }

    private Message told(UUID roomId, long seq, Fresh fresh, Instant now) {
        Draft draft = fresh.post.draft();
        List<UUID> called = fresh.called.people();
        called.forEach(userId -> entities.persist(new MentionRow(fresh.id, userId)));
        if (draft.media() != null) {
            entities.persist(new AttachmentRow(fresh.id, draft.media()));
        }
        Message message = new Message(
                fresh.id,
                roomId,
                seq,
                fresh.sender,
                draft.clientId(),
                draft.kind(),
                draft.text(),
                draft.media(),
                draft.replyTo(),
                draft.threadId(),
                List.of(),
                called,
                null,
                null,
                now,
                null,
                fresh.called.everyone(),
                null);
        facts.fire(new ChatFact.MessagePosted(roomId, message));
        if (draft.threadId() != null) {
            threads.replied(message, draft.threadId());
        }
        return message;
    }

    private Message again(Caller caller, MessageRow row) {
        if (!rooms.isMember(row.roomId, caller.userId())) {
            throw Problem.of(Code.CONFLICT, "This clientId belongs to another message.");
        }
        return messages.shown(row);
    }
}
