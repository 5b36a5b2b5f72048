package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.Checker.Planted;
import dev.parley.it.Checker.Report;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What was acknowledged is stored, everybody sees every message of a room once and in the same order, whatever breaks. A short run in
 * every build; {@code -Dchecker.seconds=600} for ten minutes, {@code -Dchecker.seed=} for the same dice. The figures go to
 * {@code target/checker.txt}.
 */
@ExtendWith(PostgresParley.class)
class LosesNothingIT {

    private static final List<String[]> WEBSOCKETS = List.<String[]>of(new String[] {"websocket"});
    private static final List<String[]> ALL =
            List.of(new String[] {"websocket"}, new String[] {"polling"}, new String[] {"polling", "websocket"});

    private final Parley parley;
    private final long seed = Long.getLong("checker.seed", System.nanoTime());

    LosesNothingIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void nothing_is_lost_doubled_or_disordered_whatever_breaks() throws Exception {
        Duration trouble = Duration.ofSeconds(Integer.getInteger("checker.seconds", 75));
        Checker checker = checker(ALL);

        Report report = noted(trouble + " of trouble", checker.run(checker.trouble(trouble)));

        assertThat(report.violations()).as("seed %d: %s", seed, report).isEmpty();
        // a machine that is busy with something else says little, but everybody says something
        assertThat(report.acknowledged()).isGreaterThanOrEqualTo(report.people());
    }

    @Test
    void a_database_that_stands_still_for_half_a_minute_costs_patience_and_nothing_else() throws Exception {
        Checker checker = checker(WEBSOCKETS);

        CompletableFuture<Integer> meanwhile = new CompletableFuture<>();

        Report report = noted(
                "30 s without the database",
                checker.run(checker.pause(Duration.ofSeconds(30), () -> meanwhile.complete(readiness()))));

        assertThat(report.violations()).as("%s", report).isEmpty();
        assertThat(report.unavailable()).as("%s", report).isPositive();
        // who was connected has stayed so, and who came was sent elsewhere
        assertThat(report.connections()).as("%s", report).isEqualTo(report.people());
        assertThat(meanwhile).isCompletedWithValue(503);
        assertThat(readiness()).isEqualTo(200);
    }

    @Test
    void notices_one_message_that_one_client_does_not_get() throws Exception {
        Checker checker = checker(ALL);

        Report report = checker.run(checker.planted(Planted.DROPPED_BROADCAST));

        assertThat(report.violations()).as("%s", report).anyMatch(one -> one.contains("sees null where"));
    }

    @Test
    void notices_one_number_left_out() throws Exception {
        Checker checker = checker(ALL);

        Report report = checker.run(checker.planted(Planted.SKIPPED_NUMBER));

        assertThat(report.violations()).as("%s", report).anyMatch(one -> one.contains("its numbers end with"));
    }

    @Test
    void finds_nothing_where_nothing_is_wrong() throws Exception {
        Checker checker = checker(ALL);

        Report report = checker.run(checker.planted(Planted.NOTHING));

        assertThat(report.violations()).as("%s", report).isEmpty();
    }

    private int readiness() {
        return new Person(parley)
                .send(HttpRequest.newBuilder(parley.managementUrl("/health/ready")))
                .status();
    }

    private Checker checker(List<String[]> transports) {
        return new Checker(parley, PostgresParley.jdbcUrl(), seed, transports);
    }

    private Report noted(String what, Report report) throws IOException {
        Path file = Parley.PROJECT.resolve("integration-tests/target/checker.txt");
        Files.writeString(
                file,
                "seed %d, %s: %s%n".formatted(seed, what, report),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return report;
    }
}
