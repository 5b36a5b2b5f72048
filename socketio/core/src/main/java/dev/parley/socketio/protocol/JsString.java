package dev.parley.socketio.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.engineio.Utf8;
import java.io.IOException;

/** Strings as well-formed JSON.stringify prints them: a lone surrogate, which UTF-8 cannot carry, becomes its escape. */
final class JsString {

    private JsString() {}

    static void write(String text, JsonGenerator out) throws IOException {
        if (Utf8.length(text) == text.length() || !hasLoneSurrogate(text)) { // the first is quick to tell
            out.writeString(text);
            return;
        }
        var json = new StringBuilder(text.length() + 16).append('"');
        text.codePoints().forEach(point -> append(point, json));
        out.writeRawValue(json.append('"').toString());
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static void append(int point, StringBuilder json) {
        if (point == '"' || point == '\\') {
            json.append('\\').append((char) point);
        } else if (point < ' ' || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            json.append("\\u").append(String.format("%04x", point));
        } else {
            json.appendCodePoint(point);
        }
    }
}
