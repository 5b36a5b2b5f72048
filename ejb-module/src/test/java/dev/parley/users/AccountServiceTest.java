package dev.parley.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.cluster.ManualClock;
import dev.parley.cluster.TestDatabase;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.testing.Announcements;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountServiceTest {

    private final TestDatabase database = new TestDatabase();
    private final AccountService accounts = new AccountService();
    private final UserService users = new UserService();
    private final Announcements<ProfileChanged> changes = new Announcements<>();

    @BeforeEach
    void wire() {
        accounts.entities = database.entities();
        accounts.passwords = new Passwords(4);
        accounts.clock = new ManualClock();
        accounts.changes = changes;
        users.entities = database.entities();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private User open(String username, String displayName) {
        return database.transaction(() -> accounts.open(username, "correct horse", displayName));
    }

    private static Caller caller(User user) {
        return new Caller(user.id(), UUID.randomUUID(), user.username(), Set.of("user"));
    }

    @Test
    void knows_a_person_by_name_and_password_only() {
        User alice = open(" Alice ", "Alice Liddell");

        assertThat(alice.username()).isEqualTo("alice");
        assertThat(accounts.verified("ALICE", "correct horse").map(Holder::user))
                .contains(alice);
        assertThat(accounts.verified("alice", "correct horse ")).isEmpty();
        assertThat(accounts.verified("alice", "")).isEmpty();
        assertThat(accounts.verified("alice", "x".repeat(73))).isEmpty();
        assertThat(accounts.verified("nobody", "correct horse")).isEmpty();
    }

    @Test
    void stores_no_password() {
        User alice = open("alice", "Alice");

        Account row = database.entities().find(Account.class, alice.id());

        assertThat(row.passwordHash).startsWith("$2a$").doesNotContain("horse");
    }

    @Test
    void gives_a_name_to_one_person_only() {
        open("alice", "Alice");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> open("Alice", "Another"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.CONFLICT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                ".alice",
                "alice-",
                "álice",
                "a/b",
                "<script>",
                "abcdefghijklmnopqrstuvwxyz0123456"
            })
    void refuses_names_that_do_not_fit(String username) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> open(username, "Alice"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.INVALID));
    }

    @Test
    void refuses_passwords_that_are_too_short_or_that_bcrypt_would_cut() {
        for (String password : List.of("", "1234567", "x".repeat(73), "ü".repeat(40))) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> accounts.open("alice", password, "Alice"))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.INVALID));
        }
    }

    @Test
    void people_of_the_demonstration_come_in_only_while_it_is_on() {
        accounts.demoPeople = true;
        database.transaction(() -> accounts.openDemo("alice", "Alice", "parley"));
        database.transaction(() -> accounts.openDemo("alice", "Alice", "parley"));
        assertThat(accounts.verified("alice", "parley")).isPresent();

        accounts.demoPeople = false;

        assertThat(accounts.verified("alice", "parley")).isEmpty();
    }

    @Test
    void changes_what_is_given_and_nothing_else() {
        User alice = open("alice", "Alice");

        Self renamed =
                database.transaction(() -> accounts.change(caller(alice), new ProfileChange(" Alice L. ", null, null)));
        Self pictured = database.transaction(
                () -> accounts.change(caller(alice), new ProfileChange(null, "/api/media/1", null)));
        Self plain = database.transaction(() -> accounts.change(caller(alice), new ProfileChange(null, "", false)));

        assertThat(renamed.displayName()).isEqualTo("Alice L.");
        assertThat(pictured).isEqualTo(new Self(alice.id(), "alice", "Alice L.", "/api/media/1", true));
        assertThat(plain.avatarUrl()).isNull();
        assertThat(plain.shareLastSeen()).isFalse();
        assertThat(accounts.self(caller(alice))).isEqualTo(plain);
        assertThat(accounts.me(caller(alice))).isEqualTo(plain.user());
        assertThat(changes.heard())
                .extracting(ProfileChanged::user)
                .containsExactly(renamed.user(), pictured.user(), plain.user());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/a.png",
                "//elsewhere.example/a.png",
                "/\\elsewhere",
                "javascript:alert(1)",
                "/a b"
            })
    void shows_no_pictures_from_elsewhere(String url) {
        User alice = open("alice", "Alice");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> accounts.change(caller(alice), new ProfileChange(null, url, null)));
    }

    @Test
    void opens_an_account_for_whom_another_issuer_vouches_but_never_somebody_elses() {
        User alice = open("alice", "Alice");

        Holder stranger = vouched("42", "alice", "Alice X");
        Holder again = vouched("42", "renamed", null);

        assertThat(stranger.user().id()).isNotEqualTo(alice.id());
        assertThat(stranger.user().username()).isEqualTo("alice-2");
        assertThat(stranger.user().displayName()).isEqualTo("Alice X");
        assertThat(again).isEqualTo(stranger);
        assertThat(accounts.verified("alice-2", "")).isEmpty();
        assertThat(vouched("43", "Alice", null).user().username()).isEqualTo("alice-3");
    }

    private Holder vouched(String subject, String name, @Nullable String displayName) {
        return database.transaction(() -> accounts.vouchedFor("https://id.example", subject, name, displayName));
    }

    @ParameterizedTest
    @CsvSource({
        "Ada.Lovelace@Example.COM, ada.lovelace-example.com",
        "'  Élodie  ', elodie",
        "'jean luc', jean-luc",
        "--x--, x",
        "李, somebody",
        "abcdefghijklmnopqrstuvwxyz0123456789, abcdefghijklmnopqrstuvwxyz012345"
    })
    void makes_names_of_elsewhere_fit(String name, String username) {
        Holder holder = vouched(name, name, "\u202e " + name.strip());

        assertThat(holder.user().username()).isEqualTo(username);
        assertThat(holder.user().displayName()).isEqualTo(name.strip());
    }

    @Test
    void numbers_long_names_within_their_length() {
        String name = "a".repeat(40);

        vouched("1", name, null);

        assertThat(vouched("2", name, null).user().username()).isEqualTo("a".repeat(30) + "-2");
    }

    @Test
    void closes_an_account_without_losing_it() {
        User alice = open("alice", "Alice");
        User bob = open("bob", "Bob");

        database.transaction(() -> accounts.setDisabled(alice.id(), true));

        assertThat(accounts.verified("alice", "correct horse").map(Holder::disabled))
                .contains(true);
        assertThat(users.search(caller(bob), "alice", 10)).isEmpty();
        assertThat(users.find(alice.id())).contains(alice);
        database.transaction(() -> accounts.setDisabled(alice.id(), false));
        assertThat(accounts.holder(alice.id()).map(Holder::disabled)).contains(false);
        assertThat(users.search(caller(bob), "alice", 10)).containsExactly(alice);
    }

    @Test
    void gives_roles_that_are_words() {
        User alice = open("alice", "Alice");

        database.transaction(() -> accounts.setRoles(alice.id(), Set.of("admin", "bot", "user")));

        assertThat(accounts.holder(alice.id()).map(Holder::roles)).contains(Set.of("admin", "bot"));
        for (String role : List.of("", "two words", "Upper", "x".repeat(33))) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> database.transaction(() -> accounts.setRoles(alice.id(), Set.of(role))))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.INVALID));
        }
    }

    @Test
    void changes_a_password_of_ones_own_kind_only() {
        User alice = open("alice", "Alice");
        Holder stranger = vouched("42", "stranger", null);

        database.transaction(() -> accounts.setPassword(alice.id(), "battery staple"));

        assertThat(accounts.verified("alice", "correct horse")).isEmpty();
        assertThat(accounts.verified("alice", "battery staple")).isPresent();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> database.transaction(() -> accounts.setPassword(alice.id(), "short")));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> database.transaction(
                        () -> accounts.setPassword(stranger.user().id(), "battery staple")))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.CONFLICT));
    }

    @Test
    void opens_the_first_administrator_once() {
        database.transaction(() -> accounts.openWithRole("root", "first password", "admin"));
        database.transaction(() -> accounts.openWithRole("root", "second password", "admin"));

        assertThat(accounts.verified("root", "first password").map(Holder::roles))
                .contains(Set.of("admin"));
        assertThat(accounts.holders("ro", 10)).hasSize(1);
        assertThat(accounts.holders("x", 10)).isEmpty();
    }

    @Test
    void finds_people_by_the_beginning_of_their_names() {
        User alice = open("alice", "Alice Liddell");
        User bob = open("bob", "Bob 100%");

        assertThat(users.search(caller(bob), "AL", 10)).containsExactly(alice);
        assertThat(users.search(caller(bob), "lid", 10)).containsExactly(alice);
        assertThat(users.search(caller(bob), "", 10)).containsExactly(alice);
        assertThat(users.search(caller(alice), "%", 10)).isEmpty();
        assertThat(users.search(caller(alice), "100%", 10)).containsExactly(bob);
        assertThat(users.search(caller(alice), "_ob", 10)).isEmpty();
        assertThat(users.search(caller(alice), "", -1)).hasSize(1);
        assertThat(users.byIds(List.of(alice.id(), UUID.randomUUID()))).containsOnlyKeys(alice.id());
    }
}
