package dev.parley.uploads;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Width and height of an image as it is shown, from its first bytes. Reads nothing but the header and believes none of its lengths:
 * whatever the bytes are, the answer is a size or nothing.
 */
record ImageSize(int width, int height) {

    /** Headers that are longer than that are not read. */
    static final int LOOKED_AT = 256 * 1024;

    private static final int MOST = 100_000;

    static Optional<ImageSize> of(byte[] head) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(head);
            return switch (head[0] & 0xff) {
                case 0x89 -> known(bytes.getInt(16), bytes.getInt(20)); // PNG: IHDR is the first chunk
                case 'G' -> {
                    bytes.order(ByteOrder.LITTLE_ENDIAN);
                    yield known(bytes.getShort(6) & 0xffff, bytes.getShort(8) & 0xffff);
                }
                case 0xff -> jpeg(bytes);
                case 'R' -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
                default -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty(); // ends too early
        }
    }

    private static Optional<ImageSize> known(int width, int height) {
        return width > 0 && height > 0 && width <= MOST && height <= MOST
                ? Optional.of(new ImageSize(width, height))
                : Optional.empty();
    }

    /** Walks the segments (ITU-T T.81, annex B) to the frame header; Exif may say that the picture is turned. */
    private static Optional<ImageSize> jpeg(ByteBuffer bytes) {
        int at = 2;
        boolean turned = false;
        while ((bytes.get(at) & 0xff) == 0xff) {
            int marker = bytes.get(at + 1) & 0xff;
            if (marker == 0xff) { // fill byte
                at++;
                continue;
            }
            int length = bytes.getShort(at + 2) & 0xffff;
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                int height = bytes.getShort(at + 5) & 0xffff;
                int width = bytes.getShort(at + 7) & 0xffff;
                return turned ? known(height, width) : known(width, height);
            }
            if (length < 2 || marker == 0xda) {
                return Optional.empty();
            }
            if (marker == 0xe1) {
                turned |= turned(bytes, at + 4, at + 2 + length);
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    /** Orientation 5 to 8 of Exif's first directory (CIPA DC-008, tag 0x0112): width and height change places. */
    private static boolean turned(ByteBuffer bytes, int start, int end) {
        int tiff = start + 6;
        if (end > bytes.limit() || tiff + 8 > end || bytes.getInt(start) != 0x45786966) { // "Exif"
            return false;
        }
        ByteBuffer exif = bytes.duplicate().limit(end);
        exif.order(exif.getShort(tiff) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int offset = exif.getInt(tiff + 4);
        if (offset < 8 || offset > end - tiff - 2) {
            return false;
        }
        int directory = tiff + offset;
        int entries = exif.getShort(directory) & 0xffff;
        for (int i = 0; i < entries && directory + 2 + 12 * (i + 1) <= end; i++) {
            int entry = directory + 2 + 12 * i;
            if (exif.getShort(entry) == 0x0112) {
                int orientation = exif.getShort(entry + 8);
                return orientation >= 5 && orientation <= 8;
            }
        }
        return false;
    }

    /** RFC 9649: lossy, lossless or extended. */
    private static Optional<ImageSize> webp(ByteBuffer bytes) {
        byte[] chunk = new byte[4];
        bytes.get(12, chunk);
        return switch (new String(chunk, StandardCharsets.ISO_8859_1)) {
            case "VP8 " -> known(bytes.getShort(26) & 0x3fff, bytes.getShort(28) & 0x3fff);
            case "VP8L" -> {
                int bits = bytes.getInt(21);
                yield known((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
            }
            case "VP8X" -> known(int24(bytes, 24) + 1, int24(bytes, 27) + 1);
            default -> Optional.empty();
        };
    }

    private static int int24(ByteBuffer bytes, int at) {
        return (bytes.getShort(at) & 0xffff) | (bytes.get(at + 2) & 0xff) << 16;
    }
}
