package dev.parley.chat;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a message of kind media shows; the wire's shape. It belongs to the message, not to whoever stores the bytes.
 *
 * @param size in bytes
 * @param url where members of the room get it, for a moment: a path of this server that redirects
 * @param width in pixels, when known, so that nothing jumps when it is shown
 */
public record Media(
        UUID id,
        String fileName,
        String contentType,
        long size,
        String url,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Long durationMs,
        @Nullable String thumbnailUrl,
        State state) {

    private static final String IMAGE = "image/";

    /** Media whose addresses follow from its id; images have a thumbnail. */
    public static Media of(
            UUID id,
            String fileName,
            String contentType,
            long size,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Long durationMs,
            State state) {
        String url = "/api/media/" + id;
        String thumbnailUrl = contentType.startsWith(IMAGE) && width != null ? url + "/thumbnail" : null;
        return new Media(id, fileName, contentType, size, url, width, height, durationMs, thumbnailUrl, state);
    }

    public enum State {
        SCANNING,
        READY,
        REJECTED;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
