package dev.parley.uploads;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody wants to share; the wire's shape.
 *
 * @param fileName what to call it; a path in front of it is not kept
 * @param contentType what it is
 * @param size in bytes
 * @param sha256 of its bytes, in hexadecimal or Base64; when given it is checked
 */
public record UploadRequest(
        UUID roomId,
        String fileName,
        String contentType,
        long size,
        @Nullable String sha256) {

    private static final int MAX_NAME = 255;

    public UploadRequest {
        if (absent(roomId) || absent(fileName) || absent(contentType)) {
            throw Problem.invalid("An upload needs a roomId, a fileName, a contentType and a size.");
        }
        fileName = named(fileName);
        if (size < 1) {
            throw Problem.invalid("A file of " + size + " bytes cannot be shared.");
        }
        String given = contentType;
        contentType = FileType.of(given).map(FileType::contentType).orElseThrow(() -> unsupported(shortened(given)));
        sha256 = sha256 == null ? null : hex(sha256);
    }

    static Problem unsupported(String contentType) {
        return Problem.of(
                Code.UNSUPPORTED_TYPE,
                "Files of type '" + contentType + "' cannot be shared.",
                Map.of("types", FileType.known().stream().sorted().toList()));
    }

    /** Whoever reads JSON puts null where there is nothing. */
    private static boolean absent(@Nullable Object value) {
        return value == null;
    }

    /** Without a path, and without what would only mislead who reads it (controls, marks that turn the direction of text). */
    private static String named(String fileName) {
        String bare = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "")
                .strip();
        if (bare.isEmpty() || bare.equals(".") || bare.equals("..")) {
            throw Problem.invalid("A file needs a name.");
        }
        if (bare.length() > MAX_NAME) {
            throw Problem.of(
                    Code.TOO_LARGE,
                    "A file's name has at most " + MAX_NAME + " characters.",
                    Map.of("limit", MAX_NAME));
        }
        return bare;
    }

    private static String hex(String sha256) {
        try {
            byte[] bytes = sha256.length() == 64
                    ? HexFormat.of().parseHex(sha256.toLowerCase(Locale.ROOT))
                    : Base64.getDecoder().decode(sha256);
            if (bytes.length == 32) {
                return HexFormat.of().formatHex(bytes);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw Problem.invalid("'sha256' is 64 hexadecimal digits or 32 bytes in Base64.");
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
