package dev.parley.web.realtime;

import static dev.parley.web.realtime.Payload.required;

import dev.parley.chat.DraftService;
import dev.parley.chat.ThreadPlace;
import dev.parley.chat.ThreadService;
import dev.parley.identity.Caller;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people do with threads besides speaking in them, and what they have begun to write. */
@ApplicationScoped
@SocketEndpoint
public class ThreadEvents {

    @Inject
    ThreadService threads;

    @Inject
    DraftService drafts;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public ThreadEvents() {}

    public record FollowThread(UUID threadId, boolean on) {

        public FollowThread {
            required(threadId, "threadId");
        }
    }

    public record ThreadReceipt(ThreadPlace place) {}

    @OnEvent("thread_follow")
    @RateLimited(Limit.MESSAGE)
    public ThreadReceipt follow(Caller caller, FollowThread follow) {
        return new ThreadReceipt(threads.follow(caller, follow.threadId, follow.on));
    }

    public record ReadThread(UUID threadId, long seq) {

        public ReadThread {
            required(threadId, "threadId");
        }
    }

    @OnEvent("thread_read")
    public ThreadReceipt read(Caller caller, ReadThread read) {
        return new ThreadReceipt(threads.markRead(caller, read.threadId, read.seq));
    }

    public record SetDraft(
            UUID roomId,
            @Nullable UUID threadId,
            String text,
            @Nullable UUID replyTo) {

        public SetDraft {
            required(roomId, "roomId");
            required(text, "text");
        }
    }

    public record DraftReceipt(DraftService.Kept draft) {}

    @OnEvent("draft_set")
    @RateLimited(Limit.EPHEMERAL)
    public DraftReceipt draft(Caller caller, SetDraft draft) {
        return new DraftReceipt(drafts.keep(caller, draft.roomId, draft.threadId, draft.text, draft.replyTo));
    }
}
