package dev.parley.web.rest;

import dev.parley.problem.Problem;
import dev.parley.text.Moments;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Query parameters, read by hand: JAX-RS answers those that do not parse with 404. Empty means absent. */
final class Parameters {

    private Parameters() {}

    static int number(String name, @Nullable String value, int otherwise) {
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Problem.invalid("'" + name + "' is no whole number that fits.");
        }
    }

    static @Nullable Long seq(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw Problem.invalid("'" + name + "' is no whole number that fits.");
        }
    }

    static @Nullable UUID id(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("'" + name + "' is no id.");
        }
    }

    /** An instant, or a day from its beginning. */
    static @Nullable Instant instant(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? null : Moments.parse(name, value);
    }
}
