package dev.parley.chat;

import dev.parley.chat.Gathering.Waiting;
import dev.parley.users.User;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says things for many at once: what arrives for a room while a transaction of that room is under way goes into the next one. A commit
 * costs as much for one message as for all that waited for it, and the room's row is locked by one transaction after the other in any
 * case.
 */
@ApplicationScoped
public class Posts {

    @Resource
    ManagedExecutorService threads;

    @Inject
    ChatService chat;

    @Inject
    Speakers speakers;

    /** Rooms in which messages are written at once; fewer than connections, which are for others too. */
    @Inject
    @ConfigProperty(name = "parley.messages.writers", defaultValue = "8")
    int writers;

    Gathering<Post, Message> gathering;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public Posts() {}

    @PostConstruct
    void begin() {
        gathering = gathering(threads);
    }

    Gathering<Post, Message> gathering(Executor executor) {
        return new Gathering<>(this::perform, executor, System::nanoTime, writers);
    }

    /**
     * As {@link ChatService#post}, in a transaction of its own or of several; completes when that has ended. Who is called back is on
     * the thread that ended it and must not block.
     */
    public CompletionStage<Message> post(UUID roomId, Post post) {
        return gathering.add(roomId, post);
    }

    private void perform(UUID roomId, List<Waiting<Post, Message>> posts) {
        try {
            List<Post.Outcome> outcomes =
                    said(roomId, posts.stream().map(Waiting::thing).toList());
            for (int i = 0; i < posts.size(); i++) {
                switch (outcomes.get(i)) {
                    case Post.Said said -> posts.get(i).result().complete(said.message());
                    case Post.Refused refused -> posts.get(i).result().completeExceptionally(refused.problem());
                }
            }
        } catch (RuntimeException | Error failure) {
            if (posts.size() > 1 && concernsOne(failure)) {
                posts.forEach(one -> perform(roomId, List.of(one)));
            } else {
                posts.forEach(one -> one.result().completeExceptionally(failure));
            }
        }
    }

    /** Most say something new where they spoke a moment ago. */
    private List<Post.Outcome> said(UUID roomId, List<Post> posts) {
        Optional<Map<UUID, User>> senders =
                posts.stream().allMatch(Posting::plain) ? speakers.of(roomId, posts) : Optional.empty();
        if (senders.isPresent()) {
            try {
                return chat.postAllOfKnown(roomId, posts, senders.get());
            } catch (RuntimeException failure) {
                if (!concernsOne(failure)) {
                    throw failure;
                }
            }
        }
        return chat.postAll(roomId, posts);
    }

    /** Not the database but one of several is what is wrong: data (22) or a constraint (23), the classes of SQL:2016, 24.1. */
    private static boolean concernsOne(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Disturbed) {
                return true;
            }
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return refused.getSQLState().startsWith("22")
                        || refused.getSQLState().startsWith("23");
            }
        }
        return false;
    }
}
