package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.Checker.Planted;
import dev.parley.it.Checker.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What was acknowledged is stored, everybody sees every message of a room once and in the same order, whatever breaks. A short run in
 * every build; {@code -Dchecker.seconds=600} for ten minutes, {@code -Dchecker.seed=} for the same dice.
 */
@ExtendWith(PostgresParley.class)
class LosesNothingIT {

    private final Parley parley;
    private final long seed = Long.getLong("checker.seed", System.nanoTime());

    LosesNothingIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void nothing_is_lost_doubled_or_disordered_whatever_breaks() throws Exception {
        Duration trouble = Duration.ofSeconds(Integer.getInteger("checker.seconds", 75));

        Report report = check(trouble, Planted.NOTHING);

        Path file = Parley.PROJECT.resolve("integration-tests/target/checker.txt");
        Files.writeString(file, "seed " + seed + ", " + trouble.toSeconds() + " s: " + report + "\n");
        assertThat(report.violations()).as("seed %d: %s", seed, report).isEmpty();
        assertThat(report.acknowledged()).isGreaterThan(100);
    }

    @Test
    void notices_one_message_that_one_client_does_not_get() throws Exception {
        Report report = check(Duration.ZERO, Planted.DROPPED_BROADCAST);

        assertThat(report.violations()).as("%s", report).isNotEmpty();
    }

    @Test
    void notices_one_number_left_out() throws Exception {
        Report report = check(Duration.ZERO, Planted.SKIPPED_NUMBER);

        assertThat(report.violations()).as("%s", report).isNotEmpty();
    }

    @Test
    void finds_nothing_where_nothing_is_wrong() throws Exception {
        Report report = check(Duration.ZERO, Planted.NOTHING);

        assertThat(report.violations()).as("%s", report).isEmpty();
    }

    private Report check(Duration trouble, Planted planted) throws InterruptedException, SQLException, IOException {
        return new Checker(parley, PostgresParley.jdbcUrl(), seed).run(trouble, planted);
    }
}
