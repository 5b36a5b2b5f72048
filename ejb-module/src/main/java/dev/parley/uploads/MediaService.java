package dev.parley.uploads;

import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** Says where what was shared can be read, to those who may and for a moment. */
@Stateless
public class MediaService {

    static final Duration READABLE = Duration.ofMinutes(2);

    @Inject
    UploadLedger ledger;

    @Inject
    ObjectStore store;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public MediaService() {}

    /**
     * Where to read a file for two minutes. Only what a browser can show safely is shown; everything else is a download, whatever
     * its uploader said it is.
     *
     * @param download also what could be shown
     * @throws Problem {@code not_found} for files of rooms that the caller is not in, and of deleted messages
     */
    @RateLimited(Limit.READ)
    public URI read(Caller caller, UUID mediaId, boolean download) {
        UploadRow row = ledger.visible(caller, mediaId);
        boolean inline =
                !download && FileType.of(row.contentType).map(FileType::inline).orElse(false);
        ObjectStore.Served served = inline
                ? new ObjectStore.Served(row.contentType, disposition("inline", row.fileName))
                : new ObjectStore.Served("application/octet-stream", disposition("attachment", row.fileName));
        return store.permitReading(row.storedName, served, READABLE);
    }

    /** Where to read a small picture of a file: of images, which are their own for now. */
    @RateLimited(Limit.READ)
    public URI thumbnail(Caller caller, UUID mediaId) {
        UploadRow row = ledger.visible(caller, mediaId);
        boolean shown = FileType.of(row.contentType)
                .map(type -> type.image() && type.inline())
                .orElse(false);
        if (!shown) {
            throw Problem.notFound("thumbnail");
        }
        return store.permitReading(
                row.storedName, new ObjectStore.Served(row.contentType, disposition("inline", row.fileName)), READABLE);
    }

    /** RFC 6266: a name for everybody, and the real one in UTF-8 (RFC 8187). */
    static String disposition(String type, String fileName) {
        String plain = fileName.replaceAll("[^A-Za-z0-9._ -]", "_");
        String exact = URLEncoder.encode(fileName, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return type + "; filename=\"" + plain + "\"; filename*=UTF-8''" + exact;
    }
}
