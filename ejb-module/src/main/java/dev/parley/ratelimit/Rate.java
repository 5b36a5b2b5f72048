package dev.parley.ratelimit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in a period, and how many at once after a pause.
 *
 * @param permits how many
 * @param period in how long
 * @param burst how many at once
 */
public record Rate(int permits, Duration period, int burst) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})/(\\d{0,6})(s|min|h)(?: burst (\\d{1,9}))?");

    public Rate {
        if (permits < 1 || burst < 1 || !period.isPositive()) {
            throw new IllegalArgumentException("A rate needs at least one permit, a burst and a period.");
        }
    }

    /** Reads {@code 5/s burst 20}, {@code 20/min} (burst 20), {@code 1/3s}, {@code 10/h}. */
    public static Rate parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no rate; one reads '5/s burst 20' or '20/min'.");
        }
        int permits = Integer.parseInt(matcher.group(1));
        long units = matcher.group(2).isEmpty() ? 1 : Long.parseLong(matcher.group(2));
        Duration unit = switch (matcher.group(3)) {
            case "s" -> Duration.ofSeconds(1);
            case "min" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
        int burst = matcher.group(4) == null ? permits : Integer.parseInt(matcher.group(4));
        return new Rate(permits, unit.multipliedBy(units), burst);
    }

    /** The time that brings one permit. */
    Duration interval() {
        return period.dividedBy(permits);
    }

    @Override
    public String toString() {
        return permits + " in " + (period.toSeconds() == 1 ? "a second" : period.toSeconds() + " seconds");
    }
}
