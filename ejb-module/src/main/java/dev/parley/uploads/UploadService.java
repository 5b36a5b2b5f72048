package dev.parley.uploads;

import dev.parley.chat.Draft;
import dev.parley.chat.Media;
import dev.parley.chat.Message;
import dev.parley.chat.RoomService;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets people store files, and puts what they stored into a message after a look at it.
 *
 * <p>The address that a browser writes to is good for ten minutes, so what lies there may change until then. It is therefore copied
 * to a name that no browser can write, and the copy is what is looked at and shown.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // the store may be slow: the ledger has the transactions
public class UploadService {

    static final Duration WRITABLE = Duration.ofMinutes(10);

    @Inject
    RoomService rooms;

    @Inject
    UploadLedger ledger;

    @Inject
    UploadLimits limits;

    @Inject
    ObjectStore store;

    @Inject
    Clock clock;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public UploadService() {}

    /**
     * Allows one file, before any of its bytes moves.
     *
     * @throws Problem {@code not_found}, {@code too_large}, {@code unsupported_type}, each with the limit
     */
    @RateLimited(Limit.PRESIGN)
    public UploadTicket request(Caller caller, UploadRequest request) {
        rooms.requireMember(caller, request.roomId());
        limits.check(request);
        UploadRow row = new UploadRow(caller.userId(), request, clock.instant());
        ObjectStore.Permit permit = store.permitWriting(row.incomingName, row.contentType, WRITABLE);
        ledger.open(row);
        return new UploadTicket(row.id, "PUT", permit.url(), permit.headers(), permit.expiresAt());
    }

    /**
     * An upload that is complete, and what it shall be.
     *
     * @param text what is said about it, or empty
     * @param threadId the message that began the thread in which it is shown; null for the room itself
     */
    public record Sharing(
            UUID roomId,
            UUID clientId,
            UUID uploadId,
            String text,
            @Nullable UUID replyTo,
            @Nullable UUID threadId) {

        private Draft showing(Media media) {
            return Draft.media(clientId, text, replyTo, media).in(threadId);
        }
    }

    /**
     * Looks at what was stored and posts it. The same again gives the same message.
     *
     * @throws Problem {@code conflict} when there is nothing yet, or not what was announced; {@code unsupported_type} when it is
     *     something else than was said
     */
    public Message share(Caller caller, Sharing sharing) {
        UUID uploadId = sharing.uploadId;
        rooms.requireMember(caller, sharing.roomId);
        UploadRow row = ledger.own(caller, uploadId);
        if (!row.roomId.equals(sharing.roomId)) {
            throw Problem.notFound("upload");
        }
        if (row.state == UploadRow.State.REJECTED) {
            throw Problem.of(Code.CONFLICT, "What was uploaded has been refused.");
        }
        if (row.state != UploadRow.State.REQUESTED) {
            return ledger.again(caller, row, sharing.clientId);
        }
        // a text that is too long is told before the object is touched
        sharing.showing(media(row, Optional.empty()));
        long size = store.adopt(row.incomingName, row.storedName)
                .orElseThrow(() -> Problem.of(Code.CONFLICT, "Nothing has been uploaded yet."));
        byte[] head = store.head(row.storedName, ImageSize.LOOKED_AT);
        Problem refusal = refusal(row, size, head);
        if (refusal != null) {
            if (ledger.reject(uploadId)) {
                store.remove(row.incomingName);
                store.remove(row.storedName);
            }
            throw refusal;
        }
        Media media = media(row, ImageSize.of(head));
        Message message = ledger.share(caller, uploadId, sharing.showing(media));
        store.remove(row.incomingName);
        return message;
    }

    private @Nullable Problem refusal(UploadRow row, long size, byte[] head) {
        if (size != row.size) {
            return Problem.of(
                    Code.CONFLICT,
                    "The file has " + size + " bytes and not " + row.size + ".",
                    Map.of("expected", row.size, "actual", size));
        }
        boolean matches = FileType.of(row.contentType)
                .map(type -> type.begins().test(head))
                .orElse(false);
        if (!matches) {
            return Problem.of(Code.UNSUPPORTED_TYPE, "The file is not of type '" + row.contentType + "'.");
        }
        if (row.sha256 != null && !row.sha256.equals(sha256(row.storedName))) {
            return Problem.of(Code.CONFLICT, "The file does not have the announced sha256.");
        }
        return null;
    }

    private String sha256(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            store.read(name, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static Media media(UploadRow row, Optional<ImageSize> shown) {
        boolean image = row.contentType.startsWith("image/");
        return Media.of(
                row.id,
                row.fileName,
                row.contentType,
                row.size,
                image ? shown.map(ImageSize::width).orElse(null) : null,
                image ? shown.map(ImageSize::height).orElse(null) : null,
                null,
                Media.State.READY);
    }
}
