package dev.parley.benchmarks.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages by the bare driver: each sender has a thread and a connection of its own and does, in one transaction for each message, what
 * nobody can leave out who numbers the messages of a room without a gap: counts the room on, writes the row, commits. Or the row
 * alone, whose number memory knows because nobody else writes: less than any server can do, and a measure of the database.
 *
 * @param counted whether rooms are counted on
 */
record Inserts(String url, long postmaster, List<Sender> senders, boolean counted) {

    private static final String COUNT = "update room set last_seq = last_seq + 1 where id = ? returning last_seq";

    private static final String LAST = "select last_seq from room where id = ?";

    private static final String KEEP = "update room set last_seq = ? where id = ?";

    private static final String READ =
            "update room_member set read_seq = r.last_seq from room r where r.id = room_member.room_id";

    private static final String INSERT = """
            insert into message (id, room_id, seq, sender_id, client_id, kind, text, sent_at, changed_seq)
            values (?, ?, ?, ?, ?, 'TEXT', ?, ?, 0)""";

    /** @param room where they speak */
    record Sender(UUID user, UUID room) {

        /** The first of a file with a user id and a room id in each line. */
        static List<Sender> read(Path file, int most) throws IOException {
            try (Stream<String> lines = Files.lines(file)) {
                return lines.limit(most)
                        .map(line -> line.split(" ", -1))
                        .map(words -> new Sender(UUID.fromString(words[0]), UUID.fromString(words[1])))
                        .toList();
            }
        }
    }

    /** @return what happened after {@code warmup} seconds, for {@code seconds}, as JSON */
    String run(double warmup, double seconds)
            throws InterruptedException, ExecutionException, IOException, SQLException {
        Map<UUID, AtomicLong> rooms = counted ? Map.of() : lastSeqs();
        try {
            return run(warmup, seconds, rooms);
        } finally {
            keep(rooms);
        }
    }

    private Map<UUID, AtomicLong> lastSeqs() throws SQLException {
        Map<UUID, AtomicLong> rooms = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement last = connection.prepareStatement(LAST)) {
            for (Sender sender : senders) {
                last.setObject(1, sender.room());
                try (ResultSet row = last.executeQuery()) {
                    row.next();
                    rooms.put(sender.room(), new AtomicLong(row.getLong(1)));
                }
            }
        }
        return rooms;
    }

    /** For who counts afterwards; and everybody has read it, as people have who are there, so that nobody counts it when they come. */
    private void keep(Map<UUID, AtomicLong> rooms) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement keep = connection.prepareStatement(KEEP);
                PreparedStatement read = connection.prepareStatement(READ)) {
            for (Map.Entry<UUID, AtomicLong> room : rooms.entrySet()) {
                keep.setLong(1, room.getValue().get());
                keep.setObject(2, room.getKey());
                keep.executeUpdate();
            }
            read.executeUpdate();
        }
    }

    private String run(double warmup, double seconds, Map<UUID, AtomicLong> rooms)
            throws InterruptedException, ExecutionException, IOException {
        long begin = System.nanoTime() + nanos(warmup);
        long end = begin + nanos(seconds);
        try (ExecutorService threads = Executors.newFixedThreadPool(senders.size())) {
            List<Future<long[]>> work = senders.stream()
                    .map(sender -> threads.submit(() -> write(sender, rooms.get(sender.room()), begin, end)))
                    .toList();
            Thread.sleep(Math.max(0, (begin - System.nanoTime()) / 1_000_000));
            double own = Cpu.micros(ProcessHandle.current().pid());
            double database = Cpu.family(postmaster);
            Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
            own = Cpu.micros(ProcessHandle.current().pid()) - own;
            database = Cpu.family(postmaster) - database;
            LongStream.Builder all = LongStream.builder();
            for (Future<long[]> one : work) {
                Arrays.stream(one.get()).forEach(all);
            }
            long[] took = all.build().sorted().toArray();
            if (took.length == 0) {
                throw new IllegalStateException("nothing was written in " + seconds + " s");
            }
            return "{\"ops\":%d,\"opsPerSecond\":%.0f,\"p50Us\":%d,\"p99Us\":%d,\"serverCpuUs\":%.3f,\"databaseCpuUs\":%.3f}"
                    .formatted(
                            took.length,
                            took.length / seconds,
                            took[took.length / 2] / 1000,
                            took[(int) (took.length * 0.99)] / 1000,
                            own / took.length,
                            database / took.length);
        }
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    /** @return how long each message took, in ns */
    private long[] write(Sender sender, @Nullable AtomicLong lastSeq, long begin, long end) throws SQLException {
        LongStream.Builder took = LongStream.builder();
        String text = "x".repeat(64);
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement count = connection.prepareStatement(COUNT);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            for (long now = System.nanoTime(); now < end; ) {
                long seq = lastSeq == null ? counted(count, sender) : lastSeq.incrementAndGet();
                insert.setObject(1, timeOrdered());
                insert.setObject(2, sender.room());
                insert.setLong(3, seq);
                insert.setObject(4, sender.user());
                insert.setObject(5, UUID.randomUUID());
                insert.setString(6, text);
                insert.setObject(7, OffsetDateTime.now(ZoneOffset.UTC));
                insert.executeUpdate();
                connection.commit();
                long then = now;
                now = System.nanoTime();
                if (then >= begin && now <= end) {
                    took.add(now - then);
                }
            }
        }
        return took.build().toArray();
    }

    private static long counted(PreparedStatement count, Sender sender) throws SQLException {
        count.setObject(1, sender.room());
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** As the product makes them (RFC 9562, version 7): a random key would cost the index more. */
    private static UUID timeOrdered() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000);
        return new UUID(high, random.nextLong() >>> 2 | Long.MIN_VALUE);
    }
}
