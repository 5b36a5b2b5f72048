package dev.parley.socketio.jakarta;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * One key of the configuration: how its text is read, what it may be, and what it is good for. The table in {@code socketio/README.md} is
 * made of these.
 *
 * @param name below {@code socketio.}
 * @param fallback what holds when it is not configured, as it would be configured; empty for nothing
 * @param range what it may be, in words
 * @param apply reads the text into a draft
 */
record Setting(String name, String fallback, String range, String meaning, BiConsumer<String, OptionsDraft> apply) {

    /** Node's timers take no more. */
    private static final long LONGEST = Integer.MAX_VALUE;

    String key() {
        return Settings.PREFIX + name;
    }

    static Setting millis(String name, long fallback, String meaning, BiConsumer<OptionsDraft, Duration> apply) {
        return new Setting(
                name,
                Long.toString(fallback),
                "ms, 1 to " + LONGEST,
                meaning,
                (text, draft) ->
                        apply.accept(draft, Duration.ofMillis(number(name, text, 1, LONGEST, "milliseconds"))));
    }

    static Setting number(
            String name, long fallback, int min, int max, String meaning, BiConsumer<OptionsDraft, Integer> apply) {
        return new Setting(
                name,
                Long.toString(fallback),
                min + " to " + max,
                meaning,
                (text, draft) -> apply.accept(draft, (int) number(name, text, min, max, "")));
    }

    static Setting truth(String name, boolean fallback, String meaning, BiConsumer<OptionsDraft, Boolean> apply) {
        return new Setting(
                name,
                Boolean.toString(fallback),
                "true, false",
                meaning,
                (text, draft) -> apply.accept(
                        draft,
                        switch (text.toLowerCase(Locale.ROOT)) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw wrong(name, "true or false", text);
                        }));
    }

    static Setting text(
            String name, String fallback, String range, String meaning, BiConsumer<OptionsDraft, String> apply) {
        return new Setting(name, fallback, range, meaning, (text, draft) -> {
            try {
                apply.accept(draft, text);
            } catch (IllegalArgumentException unusable) {
                throw new IllegalArgumentException(
                        Settings.PREFIX + name + ": " + unusable.getMessage() + " (it is \"" + text + "\")", unusable);
            }
        });
    }

    /** Parts between commas, without space around them. */
    static Setting list(
            String name, String fallback, String range, String meaning, BiConsumer<OptionsDraft, Set<String>> apply) {
        return text(name, fallback, range, meaning, (draft, text) -> apply.accept(draft, parts(text)));
    }

    private static Set<String> parts(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static long number(String name, String text, long min, long max, String unit) {
        String expected = "a whole number" + (unit.isEmpty() ? "" : " of " + unit) + " from " + min + " to " + max;
        try {
            long value = Long.parseLong(text);
            if (value < min || value > max) {
                throw wrong(name, expected, text);
            }
            return value;
        } catch (NumberFormatException none) {
            throw wrong(name, expected, text);
        }
    }

    private static IllegalArgumentException wrong(String name, String expected, String text) {
        return new IllegalArgumentException(Settings.PREFIX + name + " must be " + expected + ", not \"" + text + "\"");
    }
}
