package dev.parley.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.ManualClock;
import dev.parley.cluster.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final Duration TOKEN = Duration.ofMinutes(15);
    private static final Duration AGE = Duration.ofDays(90);

    private final TestDatabase database = new TestDatabase();
    private final ManualClock clock = new ManualClock();
    private final KeyRing one = ring();
    private final KeyRing two = ring();

    private KeyRing ring() {
        KeyRing ring = new KeyRing(database.dataSource(), clock, TOKEN);
        ring.load();
        return ring;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nodes_agree_on_the_first_key() {
        assertThat(two.current()).isEqualTo(one.current());
        assertThat(one.current().toString())
                .isEqualTo("SigningKey[" + one.current().kid() + "]");
    }

    @Test
    void the_next_key_is_published_before_it_signs() {
        SigningKey first = one.current();

        SigningKey second = one.next();

        assertThat(one.current()).isEqualTo(first);
        assertThat(one.believed()).containsExactly(first, second);
        clock.advance(KeyRing.NOTICE);
        assertThat(one.current()).isEqualTo(second);
        assertThat(one.believed()).containsExactly(first, second);
    }

    @Test
    void an_old_key_is_believed_until_all_that_it_signed_has_ended() {
        SigningKey first = one.current();
        SigningKey second = one.next();
        clock.advance(KeyRing.NOTICE.plus(TOKEN));

        assertThat(one.find(first.kid())).contains(first);
        one.keepFresh(AGE);
        assertThat(one.find(first.kid())).contains(first);

        clock.advance(KeyRing.NOTICE);
        assertThat(one.find(first.kid())).isEmpty();
        one.keepFresh(AGE);
        assertThat(ring().believed()).containsExactly(second);
    }

    @Test
    void another_node_believes_a_new_key_as_soon_as_it_meets_it() {
        clock.advance(Duration.ofMinutes(1));
        SigningKey second = one.next();

        assertThat(two.find(second.kid())).contains(second);
        assertThat(two.find("nobody")).isEmpty();
    }

    @Test
    void made_up_ids_do_not_make_a_node_look_each_time() {
        clock.advance(Duration.ofMinutes(1));
        two.find("made up");
        SigningKey second = one.next();

        assertThat(two.find(second.kid())).isEmpty();
        clock.advance(Duration.ofSeconds(3));
        assertThat(two.find(second.kid())).contains(second);
    }

    @Test
    void nodes_that_find_the_key_old_make_one_together() {
        SigningKey first = one.current();
        clock.advance(AGE);

        one.keepFresh(AGE);
        two.keepFresh(AGE);

        assertThat(one.believed()).hasSize(2).startsWith(first);
        assertThat(two.believed()).isEqualTo(one.believed());
        clock.advance(KeyRing.NOTICE);
        assertThat(two.current()).isEqualTo(one.current()).isNotEqualTo(first);
    }

    @Test
    void asking_twice_for_the_next_key_makes_one() {
        assertThat(two.next()).isEqualTo(one.next());
    }

    @Test
    void a_key_in_wrong_hands_is_worth_nothing_at_once() {
        SigningKey stolen = one.current();
        clock.advance(Duration.ofMinutes(1));

        SigningKey fresh = one.replace();

        assertThat(one.current()).isEqualTo(fresh);
        assertThat(one.find(stolen.kid())).isEmpty();
        assertThat(two.find(fresh.kid())).contains(fresh);
        assertThat(two.find(stolen.kid())).isEmpty();
    }
}
