package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Person.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person's devices: seen, ended one by one or together, and what an administrator does to them. */
@ExtendWith(SharedParley.class)
class SessionsIT {

    private static final String PASSWORD = "correct horse battery";

    private final Parley parley;

    SessionsIT(Parley parley) {
        this.parley = parley;
    }

    private Person again(Person person) {
        Person device = new Person(parley);
        assertThat(device.login(person.username(), PASSWORD).status()).isEqualTo(200);
        return device;
    }

    private Person administrator() {
        Person admin = new Person(parley);
        assertThat(admin.login(SharedParley.ADMIN, SharedParley.ADMIN_PASSWORD).status())
                .isEqualTo(200);
        return admin;
    }

    @Test
    void an_administrator_is_told_so_and_what_is_missing_about_relays() {
        Person admin = administrator();
        Person person = Person.registered(parley, "ann");

        Answer answer = admin.get("/api/admin/ice-servers");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()
                        .path("iceServers")
                        .findParent("credential")
                        .path("username")
                        .asText())
                .matches("\\d+:.+");
        // what is embedded has no certificate
        assertThat(answer.body().path("warnings").toString()).isEqualTo("[\"no_tls\"]");
        assertThat(person.get("/api/admin/ice-servers").code()).isEqualTo("forbidden");
        try (Chatter his = Chatter.connected(admin);
                Chatter hers = Chatter.connected(person)) {
            assertThat(his.awaitEvent("session", any -> true)
                            .path("administrator")
                            .asBoolean())
                    .isTrue();
            assertThat(hers.awaitEvent("session", any -> true).has("administrator"))
                    .isFalse();
        }
    }

    private static void assertRevoked(Chatter socket) {
        JsonNode ended = socket.awaitEvent("session_ended", any -> true);
        assertThat(ended.path("reason").asText()).isEqualTo("revoked");
        socket.awaitEvent("disconnect", any -> true);
    }

    @Test
    void a_person_sees_their_devices_and_ends_one_whose_socket_closes_at_once() {
        Person desk = Person.registered(parley, "dora");
        Person phone = again(desk);
        try (Chatter onDesk = Chatter.connected(desk);
                Chatter onPhone = Chatter.connected(phone)) {
            List<JsonNode> sessions = desk.get("/api/sessions")
                    .body()
                    .path("sessions")
                    .valueStream()
                    .toList();
            assertThat(sessions).hasSize(2);
            JsonNode other = sessions.stream()
                    .filter(one -> !one.path("current").asBoolean())
                    .findFirst()
                    .orElseThrow();
            assertThat(other.path("name").asText()).startsWith("Java-http-client");
            assertThat(other.path("address").asText()).isNotEmpty();

            Answer ended = desk.delete("/api/sessions/" + other.path("id").asText());

            assertThat(ended.status()).isEqualTo(204);
            assertRevoked(onPhone);
            assertThat(phone.get("/api/me").status()).isEqualTo(401);
            assertThat(phone.post("/api/auth/refresh", Map.of()).status()).isEqualTo(401);
            assertThat(desk.get("/api/sessions").body().path("sessions")).hasSize(1);
            assertThat(onDesk.count("session_ended", any -> true)).isZero();
        }
    }

    @Test
    void nobody_ends_or_sees_the_devices_of_others() {
        Person dora = Person.registered(parley, "dora");
        Person mallory = Person.registered(parley, "mallory");
        String session = dora.get("/api/sessions").body().at("/sessions/0/id").asText();

        assertThat(mallory.delete("/api/sessions/" + session).status()).isEqualTo(404);
        assertThat(mallory.delete("/api/sessions/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(mallory.get("/api/sessions").body().path("sessions")).hasSize(1);
        assertThat(dora.get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void a_new_password_ends_the_other_devices_and_signing_out_closes_the_socket() {
        Person desk = Person.registered(parley, "paula");
        Person phone = again(desk);
        try (Chatter onDesk = Chatter.connected(desk);
                Chatter onPhone = Chatter.connected(phone)) {
            assertThat(desk.post("/api/me/password", Map.of("currentPassword", "wrong", "newPassword", "another horse"))
                            .code())
                    .isEqualTo("forbidden");
            assertThat(desk.post("/api/me/password", Map.of("currentPassword", PASSWORD, "newPassword", "short"))
                            .code())
                    .isEqualTo("invalid");
            Answer changed =
                    desk.post("/api/me/password", Map.of("currentPassword", PASSWORD, "newPassword", "another horse"));

            assertThat(changed.status()).isEqualTo(204);
            assertRevoked(onPhone);
            assertThat(new Person(parley).login(desk.username(), PASSWORD).status())
                    .isEqualTo(401);
            assertThat(new Person(parley)
                            .login(desk.username(), "another horse")
                            .status())
                    .isEqualTo(200);

            assertThat(desk.post("/api/auth/logout", Map.of()).status()).isEqualTo(204);
            assertRevoked(onDesk);
        }
    }

    @Test
    void an_administrator_closes_an_account_and_opens_it_again() {
        Person admin = administrator();
        Person person = Person.registered(parley, "ines");
        String account = "/api/admin/users/" + person.id();
        try (Chatter socket = Chatter.connected(person)) {
            Answer closed = admin.patch(account, Map.of("disabled", true));

            assertThat(closed.status()).isEqualTo(200);
            assertThat(closed.body().path("disabled").asBoolean()).isTrue();
            assertRevoked(socket);
            assertThat(person.get("/api/me").status()).isEqualTo(401);
            Answer refused = new Person(parley).login(person.username(), PASSWORD);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("forbidden");
        }
        assertThat(admin.patch(account, Map.of("disabled", false)).status()).isEqualTo(200);
        assertThat(again(person).get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void roles_are_given_and_taken_without_a_new_token() {
        Person admin = administrator();
        Person person = Person.registered(parley, "rosa");
        String account = "/api/admin/users/" + person.id();
        assertThat(person.get("/api/admin/users").code()).isEqualTo("forbidden");
        assertThat(person.patch(account, Map.of("roles", List.of("admin"))).status())
                .isEqualTo(403);

        assertThat(admin.patch(account, Map.of("roles", List.of("admin"))).status())
                .isEqualTo(200);
        assertThat(person.get("/api/admin/users?query=" + person.username())
                        .body()
                        .at("/accounts/0/roles/0")
                        .asText())
                .isEqualTo("admin");

        assertThat(admin.patch(account, Map.of("roles", List.of())).status()).isEqualTo(200);
        assertThat(person.get("/api/admin/users").status()).isEqualTo(403);
    }

    @Test
    void a_new_signing_key_is_published_and_old_tokens_stay_good() {
        Person admin = administrator();
        Person person = Person.registered(parley, "kay");
        int before = person.get("/.well-known/jwks.json").body().path("keys").size();

        Answer rotated = admin.post("/api/admin/signing-keys", Map.of());

        assertThat(rotated.status()).isEqualTo(201);
        JsonNode keys = person.get("/.well-known/jwks.json").body().path("keys");
        assertThat(keys.findValuesAsText("kid"))
                .contains(rotated.body().path("kid").asText());
        assertThat(keys.size()).isEqualTo(before + 1);
        assertThat(keys.findValuesAsText("d")).isEmpty();
        assertThat(person.get("/api/me").status()).isEqualTo(200);
        assertThat(person.post("/api/admin/signing-keys", Map.of()).status()).isEqualTo(403);
    }
}
