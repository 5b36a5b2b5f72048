package dev.parley.engineio;

import java.nio.charset.StandardCharsets;

/** The length of text in bytes. */
public final class Utf8 {

    /** Characters above which the JDK's encoder, which takes many at once, is faster than looking at each. */
    private static final int LONG = 64;

    private Utf8() {}

    /** Bytes of the text in UTF-8; a lone surrogate counts as the one byte that replaces it. */
    public static int length(String text) {
        return text.length() < LONG ? count(text) : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int count(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes++;
            }
        }
        return bytes;
    }
}
