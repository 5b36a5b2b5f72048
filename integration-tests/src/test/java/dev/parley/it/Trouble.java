package dev.parley.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What may happen to a server and its lines; makes it happen, and counts. */
final class Trouble {

    private final Parley parley;
    private final Path database;
    private final List<Participant> people;
    private final Random random;
    private int cuts;
    private int unknown;
    private int kills;
    private int pauses;

    /** @param database folder of the PostgreSQL that Parley uses */
    Trouble(Parley parley, Path database, List<Participant> people, long seed) {
        this.parley = parley;
        this.database = database;
        this.people = people;
        this.random = new Random(seed);
    }

    /** Something breaks every few seconds until the time is over; everything works again when this returns. */
    void make(Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        // whatever else: each kind at least once, early enough to be healed
        long kill = begin + time.toNanos() / 4;
        long pause = begin + time.toNanos() / 2;
        while (System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2500));
            if (System.nanoTime() > kill) {
                kill();
                kill = System.nanoTime() + TimeUnit.SECONDS.toNanos(60 + random.nextInt(60));
            } else if (System.nanoTime() > pause) {
                pauseDatabase(Duration.ofSeconds(2 + random.nextInt(28)), () -> {});
                pause = System.nanoTime() + TimeUnit.SECONDS.toNanos(90 + random.nextInt(60));
            } else if (random.nextInt(6) == 0) {
                people.forEach(this::cut);
            } else {
                cut(people.get(random.nextInt(people.size())));
            }
        }
    }

    @Override
    public String toString() {
        return "%d lines cut, %d unknown to the server, %d times kill -9, %d times the database paused"
                .formatted(cuts, unknown, kills, pauses);
    }

    private void cut(Participant one) {
        cuts++;
        if (random.nextInt(3) == 0) {
            unknown++;
            one.wire().abandon();
        } else {
            one.wire().cut();
        }
    }

    private void kill() {
        parley.crash();
        kills++;
        parley.restart();
    }

    /** Its processes stop where they are, and go on later: nothing is refused, nothing is answered. */
    void pauseDatabase(Duration time, Runnable meanwhile) throws InterruptedException {
        signal("STOP");
        pauses++;
        CompletableFuture<Void> done = CompletableFuture.runAsync(meanwhile);
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } finally {
            signal("CONT");
        }
        done.join();
    }

    private void signal(String name) throws InterruptedException {
        try (Stream<String> lines = Files.lines(database.resolve("postmaster.pid"))) {
            ProcessHandle postmaster = ProcessHandle.of(
                            Long.parseLong(lines.findFirst().orElseThrow()))
                    .orElseThrow();
            for (ProcessHandle process : Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList()) {
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor(5, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
