package dev.parley.web.realtime;

import static dev.parley.web.realtime.Payload.required;

import dev.parley.identity.Caller;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import dev.parley.uploads.UploadService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says that an upload is complete: what was stored becomes a message. */
@ApplicationScoped
@SocketEndpoint
public class UploadEvents {

    @Inject
    UploadService uploads;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public UploadEvents() {}

    public record ShareMedia(
            UUID roomId,
            UUID clientId,
            UUID uploadId,
            @Nullable String text,
            @Nullable UUID replyTo,
            @Nullable UUID threadId) {

        public ShareMedia {
            required(roomId, "roomId");
            required(clientId, "clientId");
            required(uploadId, "uploadId");
        }
    }

    @OnEvent("media_share")
    @RateLimited(Limit.MESSAGE)
    public ChatEvents.MessageReceipt share(Caller caller, ShareMedia media) {
        return new ChatEvents.MessageReceipt(uploads.share(
                caller,
                new UploadService.Sharing(
                        media.roomId,
                        media.clientId,
                        media.uploadId,
                        media.text == null ? "" : media.text,
                        media.replyTo,
                        media.threadId)));
    }
}
