package dev.parley.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.Facts;
import dev.parley.cluster.ManualClock;
import dev.parley.cluster.TestDatabase;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionServiceTest {

    private static final UUID ALICE = UUID.randomUUID();

    private final TestDatabase database = new TestDatabase();
    private final ManualClock clock = new ManualClock();
    private final Facts<SignInFact> facts = new Facts<>();
    private final SessionService sessions = new SessionService();

    @BeforeEach
    void wire() {
        sessions.entities = database.entities();
        sessions.clock = clock;
        sessions.facts = facts;
        sessions.settings = new SignInSettings("urn:parley", Duration.ofMinutes(15), Duration.ofDays(30), false);
        database.transaction(() -> {
            database.entities()
                    .createNativeQuery(
                            "insert into account (id, username, display_name, created_at) values (?, 'alice', 'Alice', ?)")
                    .setParameter(1, ALICE)
                    .setParameter(2, OffsetDateTime.now(clock))
                    .executeUpdate();
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private SessionService.Link begin() {
        return database.transaction(() -> sessions.begin(ALICE));
    }

    private Optional<SessionService.Link> trade(String secret) {
        return database.transaction(() -> sessions.trade(secret));
    }

    @Test
    void trades_each_token_for_the_next_of_the_same_session() {
        SessionService.Link first = begin();

        SessionService.Link second = trade(first.secret()).orElseThrow();
        SessionService.Link third = trade(second.secret()).orElseThrow();

        assertThat(second.secret()).isNotEqualTo(first.secret());
        assertThat(third.sessionId()).isEqualTo(first.sessionId());
        assertThat(third.accountId()).isEqualTo(ALICE);
        assertThat(facts.take()).isEmpty();
    }

    @Test
    void a_token_that_is_used_again_ends_the_whole_session() {
        SessionService.Link first = begin();
        SessionService.Link second = trade(first.secret()).orElseThrow();

        assertThat(trade(first.secret())).isEmpty();

        assertThat(trade(second.secret())).isEmpty();
        assertThat(sessions.endedAmong(List.of(first.sessionId()))).containsExactly(first.sessionId());
        assertThat(facts.take()).containsExactly(new SignInFact.Revoked(first.sessionId()));
    }

    @Test
    void ending_one_session_leaves_the_others() {
        SessionService.Link phone = begin();
        SessionService.Link desk = begin();

        database.transaction(() -> sessions.endBy(phone.secret()));
        database.transaction(() -> sessions.end(phone.sessionId()));

        assertThat(facts.take()).containsExactly(new SignInFact.Revoked(phone.sessionId()));
        assertThat(trade(phone.secret())).isEmpty();
        assertThat(trade(desk.secret())).isPresent();
        assertThat(sessions.endedAmong(List.of(phone.sessionId(), desk.sessionId())))
                .containsExactly(phone.sessionId());
    }

    @Test
    void a_session_that_is_used_lives_on_and_one_that_is_not_expires() {
        SessionService.Link first = begin();
        clock.advance(Duration.ofDays(29));
        SessionService.Link second = trade(first.secret()).orElseThrow();
        clock.advance(Duration.ofDays(29));
        SessionService.Link third = trade(second.secret()).orElseThrow();

        clock.advance(Duration.ofDays(30));

        assertThat(trade(third.secret())).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        database.transaction(sessions::forgetTheExpired);
        assertThat(database.entities().find(SignIn.class, first.sessionId())).isNull();
    }

    @Test
    void a_session_that_another_issuer_began_can_be_ended_and_stays_so() {
        UUID foreign = UUID.randomUUID();
        database.transaction(() -> sessions.adopt(foreign, ALICE));
        assertThat(sessions.endedAmong(List.of(foreign))).isEmpty();

        database.transaction(() -> sessions.end(foreign));
        database.transaction(() -> sessions.adopt(foreign, ALICE));

        assertThat(sessions.endedAmong(List.of(foreign))).containsExactly(foreign);
    }

    @Test
    void nonsense_is_worth_nothing_and_ends_nothing() {
        SessionService.Link first = begin();

        assertThat(trade("")).isEmpty();
        assertThat(trade("nonsense")).isEmpty();
        assertThat(trade(RefreshToken.hash(first.secret()))).isEmpty();
        assertThat(sessions.endedAmong(List.of(UUID.randomUUID()))).hasSize(1);

        assertThat(facts.take()).isEmpty();
    }

    @Test
    void keeps_no_token_that_could_be_used() {
        SessionService.Link first = begin();

        List<?> stored = database.entities()
                .createNativeQuery("select hash from refresh_token")
                .getResultList();

        assertThat(stored).singleElement().isEqualTo(RefreshToken.hash(first.secret()));
        assertThat(first.toString()).doesNotContain(first.secret());
    }

    @Test
    void nodes_agree_on_the_signing_key() {
        SigningKey one = SigningKeys.loaded(database.dataSource());
        SigningKey other = SigningKeys.loaded(database.dataSource());

        assertThat(other).isEqualTo(one);
        assertThat(one.toString()).isEqualTo("SigningKey[" + one.kid() + "]");
    }
}
