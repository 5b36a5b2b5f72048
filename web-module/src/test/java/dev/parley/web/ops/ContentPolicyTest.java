package dev.parley.web.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentPolicyTest {

    private final ContentPolicy policy =
            new ContentPolicy(Optional.of("http://127.0.0.1:10000/devstoreaccount1"), Set.of());

    @Test
    void lets_pages_connect_to_us_and_to_the_store_and_nowhere_else() {
        String text = policy.text("localhost:8080", false);

        assertThat(text)
                .contains("default-src 'none';")
                .contains("connect-src 'self' ws://localhost:8080 http://127.0.0.1:10000;")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe")
                .doesNotContain("data:")
                .doesNotContain("*");
        assertThat(policy.text("parley.example", true)).contains(" wss://parley.example ");
    }

    @Test
    void is_the_one_under_which_the_client_is_tested() throws Exception {
        Path written = Path.of("../docs/contract/content-security-policy.txt");

        assertThat(policy.text("localhost:8080", false))
                .isEqualTo(Files.readString(written)
                        .strip()
                        .replace("{connections}", " ws://localhost:8080 http://127.0.0.1:10000"));
    }

    @Test
    void needs_no_store() {
        assertThat(new ContentPolicy(Optional.empty(), Set.of()).text("a", false))
                .contains("connect-src 'self' ws://a; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a; script-src *", "a b", "a'", "a\r\nx: y", "*", "a/b", "a:b"})
    void no_host_of_a_request_can_change_it(String host) {
        assertThat(policy.text(host, false)).isEqualTo(policy.text("", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "https://a;b", "https://*.blob.example"})
    void refuses_a_store_that_is_no_address(String endpoint) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ContentPolicy(Optional.of(endpoint), Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ContentPolicy(Optional.empty(), Set.of(endpoint)));
    }

    @Test
    void lets_pages_ask_the_issuer_where_there_is_one() {
        ContentPolicy elsewhere =
                new ContentPolicy(Optional.empty(), Set.of("https://id.example", "https://token.example:8443"));

        assertThat(elsewhere.text("a", false))
                .contains("connect-src 'self' ws://a https://id.example https://token.example:8443;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rooms/5", "/sign-in", "/rooms/5/"})
    void the_clients_addresses_lead_to_its_page(String path) {
        assertThat(HeadersFilter.isPage("GET", path)).isTrue();
        assertThat(HeadersFilter.isPage("POST", path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/rooms",
                "/socket.io/",
                "/assets/x",
                "/favicon.svg",
                "/.well-known/x",
                "/robots.txt"
            })
    void the_servers_own_do_not(String path) {
        assertThat(HeadersFilter.isPage("GET", path)).isFalse();
    }
}
