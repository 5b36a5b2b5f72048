package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {

    private final ManualScheduler time = new ManualScheduler();
    private final Timers timers = time.timers();
    private final List<String> ran = new ArrayList<>();

    @Test
    void short_times_leave_no_wake_ups_behind_for_long_ones() {
        timers.after(Duration.ofSeconds(45), () -> ran.add("long"));

        for (int i = 0; i < 1000; i++) {
            timers.after(Duration.ofMillis(20), () -> ran.add("short"));
            time.advance(Duration.ofMillis(20));
        }

        assertThat(ran).hasSize(1000);
        assertThat(time.planned()).isLessThanOrEqualTo(2);
        time.advance(Duration.ofSeconds(45));
        assertThat(ran).hasSize(1001).endsWith("long");
    }

    @Test
    void times_that_are_taken_back_leave_nothing_but_one_wake_up() {
        for (int i = 0; i < 1000; i++) {
            timers.after(Duration.ofSeconds(10), () -> ran.add("never")).cancel();
            time.advance(Duration.ofMillis(1));
        }

        assertThat(timers.pending()).isZero();
        assertThat(time.planned()).isOne();
    }
}
