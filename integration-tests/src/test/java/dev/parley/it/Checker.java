package dev.parley.it;

import dev.parley.it.Participant.Acknowledged;
import dev.parley.it.Seen.Line;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Lets people talk in rooms while lines are cut, the server is killed and the database stands still, and then compares what was
 * acknowledged, what is stored and what everybody sees. Everything follows from a seed but the timing.
 */
final class Checker {

    /** A fault of our own, for the checker to find. */
    enum Planted {
        NOTHING,
        /** One client does not get one message. */
        DROPPED_BROADCAST,
        /** A room's numbering leaves a number out. */
        SKIPPED_NUMBER
    }

    /**
     * @param attempts times that a message was sent, with all repetitions
     * @param unavailable times that the server said so of itself
     * @param connections of everybody together
     * @param violations what must not be, in words; empty when all is well
     */
    record Report(
            int people,
            int acknowledged,
            int attempts,
            int unavailable,
            int connections,
            String trouble,
            List<String> violations) {

        Report {
            violations = List.copyOf(violations);
        }

        @Override
        public String toString() {
            return ("%d people, %d messages acknowledged after %d sends over %d connections, %d times \"unavailable\";"
                            + " %s; violations: %s")
                    .formatted(
                            people,
                            acknowledged,
                            attempts,
                            connections,
                            unavailable,
                            trouble,
                            violations.isEmpty() ? "none" : violations);
        }
    }

    private static final int PEOPLE = 12;
    private static final int ROOMS = 4;
    /** After the trouble, until everybody has sent what they had and is there again; a busy machine starts a server in minutes. */
    private static final Duration HEALING = Duration.ofMinutes(6);
    /** When nobody has heard anything for so long although everybody is there and answered, nothing more comes. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final Parley parley;
    private final String jdbcUrl;
    private final long seed;
    private final Random random;
    private final List<String[]> transports;

    /** @param transports of the people, in turns */
    Checker(Parley parley, String jdbcUrl, long seed, List<String[]> transports) {
        this.parley = parley;
        this.jdbcUrl = jdbcUrl;
        this.seed = seed;
        this.random = new Random(seed);
        this.transports = transports;
    }

    /** What happens while people talk; everything works again when it returns. */
    interface Plot {

        /** @return in words */
        String unfold(List<Participant> people) throws InterruptedException, SQLException;
    }

    Report run(Plot plot) throws InterruptedException, SQLException {
        List<Participant> people = people();
        AtomicBoolean talking = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            people.forEach(one -> threads.execute(() -> talk(one, talking)));
            List<String> violations = new ArrayList<>();
            String trouble;
            try {
                trouble = plot.unfold(people);
            } finally {
                talking.set(false);
                threads.shutdown();
            }
            if (!threads.awaitTermination(HEALING.toSeconds(), TimeUnit.SECONDS)) {
                violations.add("somebody could not send what they had within " + HEALING);
            }
            violations.addAll(verdict(people));
            return new Report(
                    people.size(),
                    people.stream().mapToInt(one -> one.acknowledged().size()).sum(),
                    people.stream().mapToInt(Participant::attempts).sum(),
                    people.stream().mapToInt(Participant::unavailable).sum(),
                    people.stream().mapToInt(Participant::sessions).sum(),
                    trouble,
                    violations);
        } finally {
            people.forEach(Participant::close);
        }
    }

    /** Everything that {@link Trouble} knows. */
    Plot trouble(Duration time) {
        return people -> {
            Trouble trouble = new Trouble(parley, dataDirectory(), people, seed);
            trouble.make(time);
            return trouble.toString();
        };
    }

    /**
     * The database alone stands still once.
     *
     * @param meanwhile is done on a thread of its own while it does, and may take as long
     */
    Plot pause(Duration time, Runnable meanwhile) {
        return people -> {
            TimeUnit.SECONDS.sleep(3); // of talking before
            Trouble trouble = new Trouble(parley, dataDirectory(), people, seed);
            trouble.pauseDatabase(time, meanwhile);
            TimeUnit.SECONDS.sleep(3); // and after
            return trouble.toString();
        };
    }

    Plot planted(Planted planted) {
        return people -> {
            plant(planted, people);
            return planted.toString();
        };
    }

    private List<Participant> people() {
        List<Person> persons = IntStream.range(0, PEOPLE)
                .mapToObj(i -> Person.registered(parley, "p" + i))
                .toList();
        Map<Person, List<String>> rooms = new HashMap<>();
        persons.forEach(one -> rooms.put(one, new ArrayList<>()));
        for (int i = 0; i < ROOMS; i++) {
            Person owner = persons.get(i);
            List<Person> members = persons.stream()
                    .filter(one -> one != owner && random.nextInt(3) > 0)
                    .toList();
            String id = owner.room("room " + i, members.toArray(Person[]::new));
            rooms.get(owner).add(id);
            members.forEach(one -> rooms.get(one).add(id));
        }
        return IntStream.range(0, PEOPLE)
                .filter(i -> !rooms.get(persons.get(i)).isEmpty())
                .mapToObj(i -> new Participant(
                        persons.get(i), rooms.get(persons.get(i)), seed + i, transports.get(i % transports.size())))
                .toList();
    }

    private static void talk(Participant one, AtomicBoolean talking) {
        try {
            while (talking.get()) {
                one.talk(HEALING);
                TimeUnit.MILLISECONDS.sleep(one.pause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void plant(Planted planted, List<Participant> people) throws InterruptedException, SQLException {
        TimeUnit.SECONDS.sleep(3); // of talking before
        switch (planted) {
            case NOTHING -> {}
            case DROPPED_BROADCAST -> people.getFirst().thief().steal();
            case SKIPPED_NUMBER ->
                StoredChat.skipOne(jdbcUrl, people.getFirst().roomIds().getFirst());
        }
        TimeUnit.SECONDS.sleep(3); // and after
        if (planted == Planted.DROPPED_BROADCAST && !people.getFirst().thief().hasStolen()) {
            throw new IllegalStateException("nothing came that could be stolen");
        }
    }

    // ---- the verdict

    private List<String> verdict(List<Participant> people) throws InterruptedException, SQLException {
        List<String> violations = new ArrayList<>(lastingDifferences(people));
        people.forEach(one -> violations.addAll(one.complaints()));
        for (String roomId : people.stream()
                .flatMap(one -> one.roomIds().stream())
                .distinct()
                .toList()) {
            violations.addAll(wrongInRoom(roomId, people));
        }
        return violations;
    }

    /** What is still different when everybody is there and nothing more comes. */
    private List<String> lastingDifferences(List<Participant> people) throws InterruptedException, SQLException {
        long end = System.nanoTime() + HEALING.toNanos();
        long quietSince = System.nanoTime();
        int before = -1;
        while (true) {
            List<Participant> away = new ArrayList<>();
            for (Participant one : people) {
                if (!one.inTouch()) {
                    away.add(one);
                }
            }
            List<String> differences = differences(people);
            long now = System.nanoTime();
            int news = people.stream().mapToInt(Participant::news).sum();
            if (!away.isEmpty() || news != before) {
                before = news;
                quietSince = now;
            }
            if (away.isEmpty() && (differences.isEmpty() || now - quietSince > QUIET.toNanos())) {
                return differences;
            }
            if (now > end) {
                away.forEach(one -> differences.add(
                        "%s was not there after %s: %s".formatted(one.person().username(), HEALING, one.state())));
                return differences;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** Whose view of a room is not what is stored. */
    private List<String> differences(List<Participant> people) throws SQLException {
        Map<String, SortedMap<Long, Line>> stored = new HashMap<>();
        List<String> found = new ArrayList<>();
        for (Participant one : people) {
            for (String roomId : one.roomIds()) {
                if (!stored.containsKey(roomId)) {
                    stored.put(roomId, StoredChat.room(jdbcUrl, roomId).lines());
                }
                SortedMap<Long, Line> truth = Objects.requireNonNull(stored.get(roomId));
                Map<Long, Line> view = one.seen(roomId);
                LongStream.rangeClosed(1, Math.max(last(truth), last(new TreeMap<>(view))))
                        .filter(seq -> !Objects.equals(truth.get(seq), view.get(seq)))
                        .findFirst()
                        .ifPresent(seq -> found.add("%s sees %s where %s is stored in room %s"
                                .formatted(one.person().username(), view.get(seq), truth.get(seq), roomId)));
            }
        }
        return found;
    }

    private static long last(SortedMap<Long, Line> lines) {
        return lines.isEmpty() ? 0 : lines.lastKey();
    }

    private List<String> wrongInRoom(String roomId, List<Participant> people) throws SQLException {
        StoredChat.Room room = StoredChat.room(jdbcUrl, roomId);
        List<String> found = new ArrayList<>();
        List<Long> due = LongStream.rangeClosed(1, room.lines().size()).boxed().toList();
        if (!due.equals(List.copyOf(room.lines().keySet())) || room.lastSeq() != due.size()) {
            found.add("room %s has %d messages and its numbers end with %d, the counter with %d"
                    .formatted(roomId, due.size(), last(room.lines()), room.lastSeq()));
        }
        Map<String, List<Acknowledged>> ok = people.stream()
                .flatMap(one -> one.acknowledged().stream())
                .filter(one -> one.roomId().equals(roomId))
                .collect(Collectors.groupingBy(Acknowledged::clientId));
        ok.forEach((clientId, acknowledged) -> {
            Line said = acknowledged.getFirst().line();
            Line kept = room.lines().get(said.seq());
            if (kept == null || !kept.id().equals(said.id())) {
                found.add("acknowledged as %s, stored there: %s".formatted(said, kept));
            } else if (!clientId.equals(room.clientIds().get(kept.id()))) {
                found.add("%s is stored under another clientId".formatted(said));
            }
        });
        if (room.clientIds().size() != ok.size()) {
            found.add("room %s: %d messages acknowledged, %d stored"
                    .formatted(roomId, ok.size(), room.clientIds().size()));
        }
        found.addAll(disorder(room.lines(), people));
        return found;
    }

    /** Who sends one message after the other finds them in that order. */
    private static List<String> disorder(SortedMap<Long, Line> lines, List<Participant> people) {
        List<String> found = new ArrayList<>();
        for (Participant one : people) {
            long before = 0;
            for (Acknowledged said : one.acknowledged()) {
                Line line = lines.get(said.line().seq());
                if (line == null || !line.id().equals(said.line().id())) {
                    continue; // of another room, or reported already
                }
                if (line.seq() <= before) {
                    found.add("%s said number %d after number %d"
                            .formatted(one.person().username(), line.seq(), before));
                }
                before = line.seq();
            }
        }
        return found;
    }

    private Path dataDirectory() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }
}
