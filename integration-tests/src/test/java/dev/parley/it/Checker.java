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

    /** @param violations what must not be, in words; empty when all is well */
    record Report(int acknowledged, int attempts, int connections, String trouble, List<String> violations) {

        Report {
            violations = List.copyOf(violations);
        }

        @Override
        public String toString() {
            return "%d messages acknowledged after %d sends over %d connections; %s; violations: %s"
                    .formatted(
                            acknowledged, attempts, connections, trouble, violations.isEmpty() ? "none" : violations);
        }
    }

    private static final int PEOPLE = 12;
    private static final int ROOMS = 4;
    /** After the trouble, until everybody has sent what they had and seen what there is. */
    private static final Duration HEALING = Duration.ofSeconds(90);

    private static final List<String[]> TRANSPORTS =
            List.of(new String[] {"websocket"}, new String[] {"polling"}, new String[] {"polling", "websocket"});

    private final Parley parley;
    private final String jdbcUrl;
    private final long seed;
    private final Random random;

    Checker(Parley parley, String jdbcUrl, long seed) {
        this.parley = parley;
        this.jdbcUrl = jdbcUrl;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** @param trouble how long things break; nothing does if it is zero */
    Report run(Duration trouble, Planted planted) throws InterruptedException, SQLException {
        List<Participant> people = people();
        AtomicBoolean talking = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            people.forEach(one -> threads.execute(() -> talk(one, talking)));
            Trouble maker = new Trouble(parley, dataDirectory(), people, seed);
            if (trouble.isZero()) {
                plant(planted, people);
            } else {
                maker.make(trouble);
            }
            talking.set(false);
            threads.shutdown();
            List<String> violations = new ArrayList<>();
            if (!threads.awaitTermination(HEALING.toSeconds(), TimeUnit.SECONDS)) {
                violations.add("somebody could not send what they had within " + HEALING);
            }
            violations.addAll(verdict(people));
            return new Report(
                    people.stream().mapToInt(one -> one.acknowledged().size()).sum(),
                    people.stream().mapToInt(Participant::attempts).sum(),
                    people.stream().mapToInt(Participant::sessions).sum(),
                    maker.toString(),
                    violations);
        } finally {
            people.forEach(Participant::close);
        }
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
                        persons.get(i), rooms.get(persons.get(i)), seed + i, TRANSPORTS.get(i % TRANSPORTS.size())))
                .toList();
    }

    private static void talk(Participant one, AtomicBoolean talking) {
        Random pauses = new Random(one.person().id().hashCode());
        try {
            while (talking.get()) {
                one.talk(HEALING);
                TimeUnit.MILLISECONDS.sleep(100 + pauses.nextInt(300));
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
        long end = System.nanoTime() + HEALING.toNanos();
        List<String> differences = differences(people);
        while (!differences.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(500);
            differences = differences(people);
        }
        List<String> violations = new ArrayList<>(differences);
        people.forEach(one -> violations.addAll(one.complaints()));
        for (String roomId : people.stream()
                .flatMap(one -> one.roomIds().stream())
                .distinct()
                .toList()) {
            violations.addAll(wrongInRoom(roomId, people));
        }
        return violations;
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
