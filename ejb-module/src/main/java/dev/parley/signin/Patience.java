package dev.parley.signin;

import dev.parley.cluster.Clocks;
import dev.parley.cluster.Replicated;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/**
 * Slows down who guesses passwords. Each failure after the first few doubles the wait, counted three ways: for a name from an
 * address (guessing one person), for an address (trying many people) and, mildly, for a name from anywhere: there the wait
 * stays short, or anybody could lock the owner out. Forgotten after ten quiet minutes.
 */
@ApplicationScoped
class Patience {

    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final int ATTEMPTS = 20;

    /** @param free failures that cost nothing */
    private record Watch(String key, int free, Duration longest) {

        Duration waitAfter(int failures) {
            int over = failures - free;
            if (over < 0) {
                return Duration.ZERO;
            }
            Duration wait = Duration.ofSeconds(1L << Math.min(over, 20));
            return wait.compareTo(longest) < 0 ? wait : longest;
        }
    }

    private ConcurrentMap<String, String> failures;
    private Clock clock;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway.Init")
    Patience() {}

    @Inject
    Patience(@Replicated(Replicated.LIMITS) ConcurrentMap<String, String> failures, Clock clock) {
        this.failures = failures;
        this.clock = clock;
    }

    /** What holds back who tries: a browser of the owner's own is not held back by those who guess elsewhere. */
    private static List<Watch> watches(String username, String address, boolean known) {
        List<Watch> all = watches(username, address);
        return known ? all.subList(0, 2) : all;
    }

    private static List<Watch> watches(String username, String address) {
        return List.of(
                new Watch("guess " + address + ' ' + username, 5, Duration.ofMinutes(5)),
                new Watch("guesser " + address, 30, Duration.ofMinutes(5)),
                new Watch("guessed " + username, 20, Duration.ofSeconds(5)));
    }

    /**
     * @param known whether it is a browser in which this person signed in before
     * @throws Problem {@code rate_limited} while the wait lasts, whatever the password
     */
    void check(String username, String address, boolean known) {
        long now = clock.millis();
        for (Watch watch : watches(username, address, known)) {
            Count count = read(failures.get(watch.key()));
            Duration whole = watch.waitAfter(count.failures());
            Duration wait = Duration.ofMillis(count.at() + whole.toMillis() - now);
            boolean clockWasSetBack = wait.compareTo(whole.plus(Clocks.SKEW)) > 0;
            if (wait.isPositive() && !clockWasSetBack) {
                throw Problem.rateLimited("Too many attempts to sign in failed.", wait);
            }
        }
    }

    void failed(String username, String address) {
        for (Watch watch : watches(username, address)) {
            count(watch.key());
        }
    }

    /** Clears what concerns this name at this address, not what the address did to others. */
    void succeeded(String username, String address) {
        failures.remove("guess " + address + ' ' + username);
    }

    private void count(String key) {
        long now = clock.millis();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String before = failures.get(key);
            Count count = read(before);
            int failed = now - count.at() > MEMORY.toMillis() ? 1 : count.failures() + 1;
            String after = failed + " " + now;
            if (before == null ? failures.putIfAbsent(key, after) == null : failures.replace(key, before, after)) {
                return;
            }
        }
    }

    private record Count(int failures, long at) {}

    private static Count read(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return new Count(0, 0);
        }
        int space = text.indexOf(' ');
        return new Count(Integer.parseInt(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
    }
}
