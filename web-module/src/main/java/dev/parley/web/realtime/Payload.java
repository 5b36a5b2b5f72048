package dev.parley.web.realtime;

import dev.parley.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What payloads of events have in common: they are records that check themselves, and Jackson hands them null for what is absent. */
final class Payload {

    private Payload() {}

    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw Problem.invalid("'" + name + "' is missing.");
        }
        return value;
    }
}
