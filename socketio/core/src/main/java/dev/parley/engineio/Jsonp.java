package dev.parley.engineio;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Polling through script elements and forms, for browsers that can do nothing else: payloads are calls of {@code ___eio[j]}. */
final class Jsonp {

    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");
    /** What a form sends for a line feed: a browser would make CR LF of a real one. */
    private static final Pattern LINE_FEED = Pattern.compile("(\\\\)?\\\\n");

    private Jsonp() {}

    /** The script for a payload; empty when the request is no script's. */
    static Optional<String> script(EngineRequest request, String payload) {
        return request.parameter("j")
                .map(j -> "___eio[" + NO_DIGIT.matcher(j).replaceAll("") + "](" + literal(payload) + ");");
    }

    /** JSON, but for two characters that end a line in scripts. */
    private static String literal(String payload) {
        return Json.quoted(payload).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    /** The payload in the body of a form; empty when there is none. */
    static Optional<String> payload(String form) {
        for (var field : form.split("&", -1)) {
            if (field.startsWith("d=")) {
                return decode(field.substring(2)).map(Jsonp::unescape);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decode(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code \n} is a line feed and {@code \\n} is {@code \n}. */
    private static String unescape(String data) {
        return LINE_FEED.matcher(data).replaceAll(match -> match.group(1) == null ? "\n" : "\\\\n");
    }
}
