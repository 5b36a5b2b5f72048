package dev.parley.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.cluster.ManualClock;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final ManualClock clock = new ManualClock();
    private final Patience patience = new Patience(new ConcurrentHashMap<>(), clock);

    private void fail(int times, String username, String address) {
        for (int i = 0; i < times; i++) {
            patience.failed(username, address);
        }
    }

    private Duration wait(String username, String address) {
        Problem refused = catchThrowableOfType(Problem.class, () -> patience.check(username, address, false));
        if (refused == null) {
            return Duration.ZERO;
        }
        assertThat(refused.code()).isEqualTo(Code.RATE_LIMITED);
        return refused.retryAfter().orElseThrow();
    }

    @Test
    void the_wait_begins_with_the_fifth_failure_and_doubles() {
        fail(4, "alice", "10.0.0.1");
        assertThat(wait("alice", "10.0.0.1")).isZero();

        fail(1, "alice", "10.0.0.1");
        assertThat(wait("alice", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(wait("alice", "10.0.0.1")).isZero();

        fail(1, "alice", "10.0.0.1");
        assertThat(wait("alice", "10.0.0.1")).isEqualTo(Duration.ofSeconds(2));
        fail(20, "alice", "10.0.0.1");
        assertThat(wait("alice", "10.0.0.1")).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void nobody_waits_for_a_clock_that_was_set_back_an_hour() {
        fail(10, "alice", "10.0.0.1");
        assertThat(wait("alice", "10.0.0.1")).isPositive();

        clock.advance(Duration.ofHours(-1));

        assertThat(wait("alice", "10.0.0.1")).isZero();
        fail(1, "alice", "10.0.0.1");
        assertThat(wait("alice", "10.0.0.1")).isPositive();
    }

    @Test
    void the_owner_is_never_kept_out_for_long_by_others() {
        for (int i = 0; i < 1000; i++) {
            patience.failed("alice", "10.0.1." + i);
        }

        assertThat(wait("alice", "192.168.0.1")).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        assertThatCode(() -> patience.check("alice", "192.168.0.1", false)).doesNotThrowAnyException();
    }

    @Test
    void the_owners_own_browser_does_not_wait_for_those_who_guess_elsewhere() {
        for (int i = 0; i < 1000; i++) {
            patience.failed("alice", "10.0.1." + i);
        }

        assertThatCode(() -> patience.check("alice", "192.168.0.1", true)).doesNotThrowAnyException();
        fail(20, "alice", "192.168.0.1");
        assertThatThrownBy(() -> patience.check("alice", "192.168.0.1", true)).isInstanceOf(Problem.class);
    }

    @Test
    void an_address_that_tries_many_people_waits_too() {
        for (int i = 0; i < 40; i++) {
            patience.failed("person" + i, "10.0.0.1");
        }

        assertThat(wait("alice", "10.0.0.1")).isGreaterThan(Duration.ofMinutes(4));
        assertThat(wait("alice", "10.0.0.2")).isZero();
    }

    @Test
    void success_clears_the_name_at_that_address() {
        fail(4, "alice", "10.0.0.1");

        patience.succeeded("alice", "10.0.0.1");

        fail(4, "alice", "10.0.0.1");
        assertThat(wait("alice", "10.0.0.1")).isZero();
    }

    @Test
    void failures_are_forgotten_after_ten_quiet_minutes() {
        fail(12, "alice", "10.0.0.1");

        clock.advance(Duration.ofMinutes(10).plusMillis(1));
        fail(1, "alice", "10.0.0.1");

        assertThat(wait("alice", "10.0.0.1")).isZero();
    }
}
