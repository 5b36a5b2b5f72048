package dev.parley.benchmarks.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Microseconds of CPU that processes have used, user and system, from {@code /proc} (Linux counts in hundredths of a second). */
final class Cpu {

    private static final double MICROS_PER_TICK = 10_000;

    private Cpu() {}

    /** One process with all its threads. */
    static double micros(long pid) throws IOException {
        String[] fields = fields(Path.of("/proc/" + pid));
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /** A process, all children that it has and all that it had. */
    static double family(long pid) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                            .filter(process -> Character.isDigit(
                                    process.getFileName().toString().charAt(0)))
                            .flatMapToLong(process -> ticks(process, pid))
                            .sum()
                    * MICROS_PER_TICK;
        }
    }

    private static LongStream ticks(Path process, long pid) {
        try {
            String[] fields = fields(process);
            boolean self = process.getFileName().toString().equals(Long.toString(pid));
            if (!self && Long.parseLong(fields[1]) != pid) {
                return LongStream.empty();
            }
            return LongStream.rangeClosed(11, self ? 14 : 12).map(i -> Long.parseLong(fields[(int) i]));
        } catch (IOException e) {
            if (Files.exists(process)) {
                throw new UncheckedIOException(e);
            }
            return LongStream.empty(); // it ended before it was read, or while it was
        }
    }

    /** What follows the name in proc(5), which begins with the third field, the state. */
    private static String[] fields(Path process) throws IOException {
        String text = Files.readString(process.resolve("stat"));
        return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    }
}
