package dev.parley.uploads;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of file that may be shared: what it begins with, and whether browsers may show it in place. The table is short on purpose:
 * everything in it can be checked, and what is not in it is refused.
 *
 * @param contentType a media type without parameters, in lower case
 * @param inline safe to show; everything else is downloaded
 * @param begins whether a file that begins with these bytes may be one
 */
record FileType(String contentType, boolean inline, Predicate<byte[]> begins) {

    /** Enough for every row of the table. */
    static final int LOOKED_AT = 4 * 1024;

    private static final Predicate<byte[]> ZIP = magic(0, "PK\u0003\u0004").or(magic(0, "PK\u0005\u0006"));
    private static final Predicate<byte[]> COMPOUND =
            FileType.magic(0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1");
    private static final Predicate<byte[]> MATROSKA = magic(0, "\u001aE\u00df\u00a3");
    private static final Predicate<byte[]> OGG = magic(0, "OggS");
    private static final Predicate<byte[]> WAVE = magic(0, "RIFF").and(magic(8, "WAVE"));
    /** ISO base media: {@code ftyp} with a major brand. */
    private static final Predicate<byte[]> STILL =
            brand("avif", "avis", "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1");

    private static final Predicate<byte[]> MOVING = magic(4, "ftyp").and(STILL.negate());
    private static final Predicate<byte[]> MPEG_AUDIO = magic(0, "ID3").or(FileType::mpegAudioFrame);
    private static final Predicate<byte[]> AAC =
            magic(0, "\u00ff\u00f1").or(magic(0, "\u00ff\u00f9")).or(MOVING);

    private static final Map<String, FileType> TABLE = Stream.of(
                    shown("image/png", magic(0, "\u0089PNG\r\n\u001a\n")),
                    shown("image/jpeg", magic(0, "\u00ff\u00d8\u00ff")),
                    shown("image/gif", magic(0, "GIF87a").or(magic(0, "GIF89a"))),
                    shown("image/webp", magic(0, "RIFF").and(magic(8, "WEBP"))),
                    shown("image/avif", brand("avif", "avis", "mif1")),
                    saved("image/heic", brand("heic", "heix", "heim", "heis", "hevc", "mif1", "msf1")),
                    // a picture that may hold scripts
                    saved("image/svg+xml", FileType::text),
                    shown("video/mp4", MOVING),
                    shown("video/webm", MATROSKA),
                    shown("video/ogg", OGG),
                    saved(
                            "video/quicktime",
                            MOVING.or(magic(4, "moov")).or(magic(4, "mdat")).or(magic(4, "wide"))),
                    shown("audio/mpeg", MPEG_AUDIO),
                    shown("audio/mp4", MOVING),
                    shown("audio/x-m4a", MOVING),
                    shown("audio/aac", AAC),
                    shown("audio/ogg", OGG),
                    shown("audio/webm", MATROSKA),
                    shown("audio/wav", WAVE),
                    shown("audio/x-wav", WAVE),
                    shown("audio/flac", magic(0, "fLaC")),
                    saved("application/pdf", magic(0, "%PDF-")),
                    saved("text/plain", FileType::text),
                    saved("text/csv", FileType::text),
                    saved("text/markdown", FileType::text),
                    saved("text/html", FileType::text),
                    saved("application/json", FileType::text),
                    saved("application/rtf", magic(0, "{\\rtf")),
                    saved("application/zip", ZIP),
                    saved("application/x-zip-compressed", ZIP),
                    saved("application/gzip", magic(0, "\u001f\u008b")),
                    saved("application/x-7z-compressed", magic(0, "7z\u00bc\u00af'\u001c")),
                    saved("application/msword", COMPOUND),
                    saved("application/vnd.ms-excel", COMPOUND),
                    saved("application/vnd.ms-powerpoint", COMPOUND),
                    saved("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
                    saved("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
                    saved("application/vnd.openxmlformats-officedocument.presentationml.presentation", ZIP),
                    saved("application/vnd.oasis.opendocument.text", ZIP),
                    saved("application/vnd.oasis.opendocument.spreadsheet", ZIP),
                    saved("application/vnd.oasis.opendocument.presentation", ZIP),
                    saved("application/epub+zip", ZIP))
            .collect(Collectors.toUnmodifiableMap(FileType::contentType, Function.identity()));

    /** The row of a media type, whatever its parameters and its case. */
    static Optional<FileType> of(String contentType) {
        String bare = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(TABLE.get(bare));
    }

    static Collection<String> known() {
        return TABLE.keySet();
    }

    boolean image() {
        return contentType.startsWith("image/");
    }

    private static FileType shown(String contentType, Predicate<byte[]> begins) {
        return new FileType(contentType, true, begins);
    }

    private static FileType saved(String contentType, Predicate<byte[]> begins) {
        return new FileType(contentType, false, begins);
    }

    private static Predicate<byte[]> magic(int offset, String latin1) {
        byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return bytes -> bytes.length >= offset + expected.length
                && Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length);
    }

    private static Predicate<byte[]> brand(String... brands) {
        List<String> known = List.of(brands);
        return magic(4, "ftyp")
                .and(bytes ->
                        bytes.length >= 12 && known.contains(new String(bytes, 8, 4, StandardCharsets.ISO_8859_1)));
    }

    /** A frame's sync word, with a version, a layer and a bit rate that exist (ISO/IEC 11172-3, 2.4.2.3). */
    private static boolean mpegAudioFrame(byte[] bytes) {
        return bytes.length >= 3
                && bytes[0] == (byte) 0xff
                && (bytes[1] & 0xe0) == 0xe0
                && (bytes[1] & 0x18) != 0x08
                && (bytes[1] & 0x06) != 0
                && (bytes[2] & 0xf0) != 0xf0;
    }

    /** No byte that text does not have; UTF-16 is not text here. */
    private static boolean text(byte[] bytes) {
        int looked = Math.min(bytes.length, LOOKED_AT);
        for (int i = 0; i < looked; i++) {
            int b = bytes[i] & 0xff;
            boolean control = b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b;
            if (control || b == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
