package dev.parley.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.cluster.ManualClock;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {

    private final ManualClock clock = new ManualClock();
    private final ConcurrentHashMap<String, String> shared = new ConcurrentHashMap<>();
    private final RateLimiter limiter = new RateLimiter(shared, clock, Map.of());

    @Test
    void lets_a_burst_pass_and_then_one_permit_each_interval() {
        for (int i = 0; i < 20; i++) {
            assertThat(limiter.take(Limit.MESSAGE, "alice")).isZero();
        }

        assertThat(limiter.take(Limit.MESSAGE, "alice")).isEqualTo(Duration.ofMillis(200));
        clock.advance(Duration.ofMillis(199));
        assertThat(limiter.take(Limit.MESSAGE, "alice")).isEqualTo(Duration.ofMillis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(limiter.take(Limit.MESSAGE, "alice")).isZero();
        assertThat(limiter.take(Limit.MESSAGE, "alice")).isPositive();
    }

    @Test
    void counts_each_key_and_each_limit_for_itself() {
        assertThat(limiter.take(Limit.TYPING, "alice")).isZero();

        assertThat(limiter.take(Limit.TYPING, "alice")).isEqualTo(Duration.ofSeconds(3));
        assertThat(limiter.take(Limit.TYPING, "bob")).isZero();
        assertThat(limiter.take(Limit.MESSAGE, "alice")).isZero();
    }

    @Test
    void keeps_nobody_waiting_when_the_clock_is_set_back_an_hour() {
        limiter.check(Limit.TYPING, "alice");
        for (int i = 0; i < 20; i++) {
            limiter.check(Limit.MESSAGE, "alice");
        }
        CoolDown coolDown = new CoolDown(shared, clock, Duration.ofSeconds(30));
        UUID bob = UUID.randomUUID();
        coolDown.begin(bob);

        clock.advance(Duration.ofHours(-1));

        assertThat(limiter.take(Limit.TYPING, "alice")).isZero();
        assertThat(limiter.take(Limit.TYPING, "alice")).isEqualTo(Duration.ofSeconds(3));
        assertThat(limiter.take(Limit.MESSAGE, "alice")).isZero();
        assertThat(coolDown.left(bob)).isZero();
    }

    @Test
    void says_how_long_to_wait() {
        limiter.check(Limit.TYPING, "alice");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> limiter.check(Limit.TYPING, "alice"))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(Code.RATE_LIMITED);
                    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(3));
                });
    }

    @Test
    void being_refused_costs_nothing() {
        limiter.check(Limit.TYPING, "alice");
        for (int i = 0; i < 100; i++) {
            limiter.take(Limit.TYPING, "alice");
        }

        clock.advance(Duration.ofSeconds(3));

        assertThat(limiter.take(Limit.TYPING, "alice")).isZero();
    }

    @Test
    void nodes_share_what_is_counted_for_the_cluster_and_only_that() {
        RateLimiter other = new RateLimiter(shared, clock, Map.of());
        for (int i = 0; i < 20; i++) {
            limiter.check(Limit.MESSAGE, "alice");
        }
        limiter.check(Limit.TYPING, "alice");

        assertThat(other.take(Limit.MESSAGE, "alice")).isPositive();
        assertThat(other.take(Limit.TYPING, "alice")).isZero();
    }

    @Test
    void threads_never_get_more_than_the_burst_together() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Long>> tasks = Stream.<Callable<Long>>generate(() ->
                            () -> Stream.generate(() -> limiter.take(Limit.MESSAGE, "alice"))
                                    .limit(100)
                                    .filter(Duration::isZero)
                                    .count())
                    .limit(4)
                    .toList();

            long taken = 0;
            for (var future : threads.invokeAll(tasks)) {
                taken += future.get();
            }

            assertThat(taken).isEqualTo(20);
        }
    }

    @Test
    void forgets_buckets_that_are_full_again() {
        Buckets buckets = new Buckets(shared);
        buckets.take("a", Rate.parse("1/s"), 0);
        buckets.take("b", Rate.parse("1/s"), 500_000);

        buckets.sweep(1_200_000);

        assertThat(shared).containsOnlyKeys("b");
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void every_limit_has_a_standard_that_the_shared_map_remembers_long_enough(Limit limit) {
        Rate rate = limit.standard();

        assertThat(rate.interval().multipliedBy(rate.burst())).isLessThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void reads_rates_as_the_contract_writes_them() {
        assertThat(Rate.parse("5/s burst 20")).isEqualTo(new Rate(5, Duration.ofSeconds(1), 20));
        assertThat(Rate.parse("20/min")).isEqualTo(new Rate(20, Duration.ofMinutes(1), 20));
        assertThat(Rate.parse(" 1/3s ")).isEqualTo(new Rate(1, Duration.ofSeconds(3), 1));
        assertThat(Rate.parse("10/h")).isEqualTo(new Rate(10, Duration.ofHours(1), 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5/", "0/s", "5/0s", "5/s burst 0", "5/day", "-1/s", "99999999999/s"})
    void refuses_what_is_no_rate(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text));
    }

    @Test
    void gives_roles_rates_of_their_own_and_counts_what_it_refused() {
        Map<String, String> settings = Map.of(
                "parley.limits.roles", "bot, guest",
                "parley.limits.typing.bot", "2/3s",
                "parley.limits.message.guest", "1/min");
        RateLimiter configured = new RateLimiter(shared, clock, name -> Optional.ofNullable(settings.get(name)));
        Caller bot = new Caller(UUID.randomUUID(), UUID.randomUUID(), "bot", Set.of("bot", "guest"));
        Caller person = new Caller(UUID.randomUUID(), UUID.randomUUID(), "ada", Set.of("user"));

        configured.check(Limit.TYPING, bot);
        configured.check(Limit.TYPING, bot);
        configured.check(Limit.TYPING, person);
        configured.check(Limit.MESSAGE, bot);

        assertThatExceptionOfType(Problem.class).isThrownBy(() -> configured.check(Limit.TYPING, bot));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> configured.check(Limit.TYPING, person));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> configured.check(Limit.MESSAGE, bot));
        configured.check(Limit.MESSAGE, person);
        configured.check(Limit.MESSAGE, person);
        assertThat(configured.refused(Limit.TYPING)).isEqualTo(2);
        assertThat(configured.refused(Limit.MESSAGE)).isEqualTo(1);
        assertThat(configured.refused(Limit.ROOM)).isZero();
    }
}
