package dev.parley.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.cluster.ManualClock;
import dev.parley.cluster.TestDatabase;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.testing.Announcements;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionServiceTest {

    private static final UUID ALICE = UUID.randomUUID();
    private static final Device DEVICE = new Device("Firefox on Linux", "127.0.0.x");

    private final TestDatabase database = new TestDatabase();
    private final ManualClock clock = new ManualClock();
    private final Announcements<SignInFact> facts = new Announcements<>();
    private final SessionService sessions = new SessionService();

    @BeforeEach
    void wire() {
        sessions.entities = database.entities();
        sessions.clock = clock;
        sessions.facts = facts;
        sessions.settings = TestSettings.SETTINGS;
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
        return database.transaction(() -> sessions.begin(ALICE, DEVICE));
    }

    private Optional<SessionService.Link> trade(String secret) {
        return database.transaction(() -> sessions.trade(secret, DEVICE));
    }

    @Test
    void trades_each_token_for_the_next_of_the_same_session() {
        SessionService.Link first = begin();

        SessionService.Link second = trade(first.secret()).orElseThrow();
        SessionService.Link third = trade(second.secret()).orElseThrow();

        assertThat(second.secret()).isNotEqualTo(first.secret());
        assertThat(third.sessionId()).isEqualTo(first.sessionId());
        assertThat(third.accountId()).isEqualTo(ALICE);
        assertThat(facts.heard()).isEmpty();
    }

    @Test
    void a_token_that_is_used_again_ends_the_whole_session() {
        SessionService.Link first = begin();
        SessionService.Link second = trade(first.secret()).orElseThrow();

        assertThat(trade(first.secret())).isEmpty();

        assertThat(trade(second.secret())).isEmpty();
        assertThat(sessions.endedAmong(List.of(first.sessionId()))).containsExactly(first.sessionId());
        assertThat(facts.heard()).containsExactly(new SignInFact.Revoked(first.sessionId()));
    }

    @Test
    void ending_one_session_leaves_the_others() {
        SessionService.Link phone = begin();
        SessionService.Link desk = begin();

        database.transaction(() -> sessions.endBy(phone.secret()));
        database.transaction(() -> sessions.end(phone.sessionId()));

        assertThat(facts.heard()).containsExactly(new SignInFact.Revoked(phone.sessionId()));
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
        database.transaction(() -> sessions.adopt(foreign, ALICE, DEVICE, null));
        assertThat(sessions.endedAmong(List.of(foreign))).isEmpty();

        database.transaction(() -> sessions.end(foreign));
        database.transaction(() -> sessions.adopt(foreign, ALICE, DEVICE, null));

        assertThat(sessions.endedAmong(List.of(foreign))).containsExactly(foreign);
    }

    @Test
    void nonsense_is_worth_nothing_and_ends_nothing() {
        SessionService.Link first = begin();

        assertThat(trade("")).isEmpty();
        assertThat(trade("nonsense")).isEmpty();
        assertThat(trade(RefreshToken.hash(first.secret()))).isEmpty();
        assertThat(sessions.endedAmong(List.of(UUID.randomUUID()))).hasSize(1);

        assertThat(facts.heard()).isEmpty();
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

    private static Caller at(SessionService.Link link) {
        return new Caller(ALICE, link.sessionId(), "alice", Set.of("user"));
    }

    @Test
    void lists_the_devices_of_a_person_the_one_last_used_first() {
        SessionService.Link phone = begin();
        clock.advance(Duration.ofMinutes(5));
        SessionService.Link desk = begin();
        clock.advance(Duration.ofMinutes(5));
        Device train = Device.of("Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0", "203.0.113.9");
        database.transaction(() -> sessions.trade(phone.secret(), train));

        List<DeviceSession> devices = sessions.devicesOf(at(desk));

        Instant now = clock.instant();
        assertThat(devices)
                .containsExactly(
                        new DeviceSession(
                                phone.sessionId(),
                                "Firefox on Android",
                                now.minusSeconds(600),
                                now,
                                "203.0.113.x",
                                false),
                        new DeviceSession(
                                desk.sessionId(),
                                DEVICE.name(),
                                now.minusSeconds(300),
                                now.minusSeconds(300),
                                DEVICE.address(),
                                true));
    }

    @Test
    void ends_a_device_of_ones_own_only() {
        SessionService.Link phone = begin();
        SessionService.Link desk = begin();
        Caller stranger = new Caller(UUID.randomUUID(), UUID.randomUUID(), "mallory", Set.of());

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> database.transaction(() -> sessions.end(stranger, phone.sessionId())))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.NOT_FOUND));
        database.transaction(() -> sessions.end(at(desk), phone.sessionId()));

        assertThat(facts.heard()).containsExactly(new SignInFact.Revoked(phone.sessionId()));
        assertThat(sessions.devicesOf(at(desk))).extracting(DeviceSession::id).containsExactly(desk.sessionId());
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> database.transaction(() -> sessions.end(at(desk), phone.sessionId())))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.NOT_FOUND));
    }

    @Test
    void ends_all_others_together_with_a_change_or_nothing_at_all() {
        SessionService.Link phone = begin();
        SessionService.Link desk = begin();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.transaction(() -> sessions.endOthers(at(desk), () -> {
                    throw new IllegalStateException();
                })));
        assertThat(facts.heard()).isEmpty();

        database.transaction(() -> sessions.endOthers(at(desk)));
        assertThat(facts.heard()).containsExactly(new SignInFact.Revoked(phone.sessionId()));
        assertThat(trade(desk.secret())).isPresent();
    }

    @Test
    void ends_everything_of_somebody() {
        SessionService.Link phone = begin();
        SessionService.Link desk = begin();

        database.transaction(() -> sessions.endAll(ALICE));

        assertThat(sessions.endedAmong(List.of(phone.sessionId(), desk.sessionId())))
                .hasSize(2);
    }

    @Test
    void keeps_fifty_sessions_of_a_person() {
        SessionService.Link first = begin();
        clock.advance(Duration.ofSeconds(1));
        SessionService.Link second = begin();
        for (int i = 0; i < 49; i++) {
            clock.advance(Duration.ofSeconds(1));
            begin();
        }

        assertThat(sessions.devicesOf(at(second))).hasSize(50);
        assertThat(sessions.endedAmong(List.of(first.sessionId(), second.sessionId())))
                .containsExactly(first.sessionId());
    }

    @Test
    void a_session_of_another_issuer_lasts_as_long_as_it_is_used() {
        UUID foreign = UUID.randomUUID();
        database.transaction(() -> sessions.adopt(foreign, ALICE, DEVICE, null));
        for (int day = 0; day < 40; day++) {
            clock.advance(Duration.ofDays(1));
            database.transaction(() -> sessions.adopt(foreign, ALICE, DEVICE, null));
        }

        assertThat(sessions.endedAmong(List.of(foreign))).isEmpty();
    }

    @Test
    void a_session_of_another_issuer_that_was_ended_begins_again_with_a_new_proof_only() {
        UUID foreign = UUID.randomUUID();
        Instant proved = clock.instant();
        database.transaction(() -> sessions.adopt(foreign, ALICE, DEVICE, proved));
        clock.advance(Duration.ofMinutes(1));
        database.transaction(() -> sessions.end(foreign));

        database.transaction(() -> sessions.adopt(foreign, ALICE, DEVICE, proved));
        assertThat(sessions.endedAmong(List.of(foreign))).containsExactly(foreign);

        clock.advance(Duration.ofMinutes(1));
        database.transaction(() -> sessions.adopt(foreign, ALICE, DEVICE, clock.instant()));
        assertThat(sessions.endedAmong(List.of(foreign))).isEmpty();
    }

    @Test
    void knows_a_browser_again_for_its_own_account_only() {
        String secret = SessionService.newSecret();
        database.transaction(() -> sessions.begin(ALICE, DEVICE, secret));

        assertThat(sessions.known("alice", secret)).isTrue();
        assertThat(sessions.known("bob", secret)).isFalse();
        assertThat(sessions.known("alice", SessionService.newSecret())).isFalse();
    }
}
