package dev.parley.engineio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** How the bytes of a body are packed (RFC 9110, 8.4.1). */
public enum HttpEncoding {
    /** Gzip, RFC 1952. */
    GZIP("gzip"),
    /** In the zlib format, as the RFC says. */
    DEFLATE("deflate");

    private final String text;

    HttpEncoding(String text) {
        this.text = text;
    }

    /** As it stands in {@code Content-Encoding}. */
    public String text() {
        return text;
    }

    /** The body, packed. */
    public byte[] encode(byte[] body) {
        var packed = new ByteArrayOutputStream(Math.max(64, body.length / 4));
        try (var stream = into(packed)) {
            stream.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private OutputStream into(OutputStream packed) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPOutputStream(packed);
            case DEFLATE -> new DeflaterOutputStream(packed);
        };
    }

    /** What the client likes best of these; gzip where it has no preference. */
    public static Optional<HttpEncoding> accepted(EngineRequest request) {
        var header = request.header("accept-encoding").orElse("");
        double gzip = quality(header, GZIP.text);
        double deflate = quality(header, DEFLATE.text);
        if (gzip <= 0 && deflate <= 0) {
            return Optional.empty();
        }
        return Optional.of(gzip >= deflate ? GZIP : DEFLATE);
    }

    private static double quality(String header, String name) {
        double any = 0;
        for (var part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            var fields = part.split(";", 2);
            var coding = fields[0].strip();
            if (coding.equals(name)) {
                return weight(fields);
            }
            if (coding.equals("*")) {
                any = weight(fields);
            }
        }
        return any;
    }

    private static double weight(String[] fields) {
        if (fields.length < 2) {
            return 1;
        }
        var weight = fields[1].strip();
        try {
            return weight.startsWith("q=")
                    ? Double.parseDouble(weight.substring(2).strip())
                    : 1;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
