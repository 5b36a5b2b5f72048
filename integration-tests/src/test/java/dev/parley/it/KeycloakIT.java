package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Person.Answer;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** People sign in at a real Keycloak, by configuration only. */
class KeycloakIT {

    private static Parley parley;
    private static Keycloak keycloak;

    @BeforeAll
    static void start() {
        int port = Parley.freePort();
        String issuer = "http://127.0.0.1:" + port + "/realms/parley";
        parley = Parley.start(
                "keycloak",
                Map.of(
                        "MP_JWT_VERIFY_ISSUER",
                        issuer,
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        issuer + "/protocol/openid-connect/certs",
                        "MP_JWT_VERIFY_AUDIENCES",
                        "parley"));
        keycloak = Keycloak.start(port, parley.url("/"));
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
        if (parley != null) {
            parley.close();
        }
    }

    @Test
    void tells_pages_where_to_sign_in_and_lets_them_ask_there() {
        Answer ways = new Person(parley).get("/api/auth/config");

        JsonNode oidc = ways.body().path("oidc");
        assertThat(ways.body().has("own")).isFalse();
        assertThat(oidc.path("issuer").asText()).isEqualTo(keycloak.issuer().toString());
        assertThat(oidc.path("clientId").asText()).isEqualTo("parley");
        assertThat(oidc.path("scopes").asText()).isEqualTo("openid profile");
        String origin = "http://127.0.0.1:" + keycloak.issuer().getPort();
        assertThat(new Person(parley).get("/").header("Content-Security-Policy"))
                .containsPattern("connect-src [^;]*" + origin.replace(".", "\\."));
    }

    @Test
    void our_own_ways_in_are_closed_and_say_so() {
        Person person = new Person(parley);

        for (String path : new String[] {"/api/auth/login", "/api/auth/register"}) {
            Answer answer = person.post(path, Map.of("username", "alice", "password", "parley", "displayName", "A"));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("forbidden");
            assertThat(answer.body().path("detail").asText()).contains("/api/auth/config");
        }
    }

    @TestFactory
    Stream<DynamicTest> journeys() throws IOException, InterruptedException {
        return Journeys.run(parley, "keycloak-journeys", "*.elsewhere.ts");
    }
}
