package dev.parley.text;

import dev.parley.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Times as people and programs write them. */
public final class Moments {

    /** What every database of ours can compare with, and what no calendar on a screen goes beyond. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Moments() {}

    /**
     * An instant, or a day in UTC from its beginning.
     *
     * @param name of the parameter, for the refusal
     * @throws Problem {@code invalid}
     */
    public static Instant parse(String name, String text) {
        try {
            Instant instant = text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (!instant.isBefore(FIRST) && !instant.isAfter(LAST)) {
                return instant;
            }
        } catch (DateTimeException wrong) {
            // said below
        }
        throw Problem.invalid("'" + name + "' is neither an instant nor a day of the years 1 to 9999.");
    }
}
