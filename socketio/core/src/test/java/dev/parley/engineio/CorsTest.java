package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class CorsTest {

    private static final String QUERY = "EIO=4&transport=polling";
    private static final EngineRequest GET = TestBench.request("GET", QUERY, "origin", "https://friend.example");
    private static final EngineRequest STRANGER = TestBench.request("GET", QUERY, "origin", "https://evil.example");
    private static final EngineRequest PREFLIGHT = TestBench.request(
            "OPTIONS", QUERY, "origin", "https://friend.example", "access-control-request-headers", "x-a,x-b");

    @Test
    void sends_a_star_for_all() {
        var cors = new Cors(Set.of("*"), false);

        assertThat(cors.headers(GET)).containsExactly(entry("Access-Control-Allow-Origin", "*"));
        assertThat(cors.headers(PREFLIGHT))
                .containsExactly(
                        entry("Access-Control-Allow-Origin", "*"),
                        entry("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE"),
                        entry("Access-Control-Allow-Headers", "x-a,x-b"),
                        entry("Vary", "Access-Control-Request-Headers"));
    }

    @Test
    void sends_one_fixed_origin_to_everybody() {
        var cors = new Cors(Set.of("https://friend.example"), true);

        for (var request : List.of(GET, STRANGER)) {
            assertThat(cors.headers(request))
                    .containsExactly(
                            entry("Access-Control-Allow-Origin", "https://friend.example"),
                            entry("Access-Control-Allow-Credentials", "true"),
                            entry("Vary", "Origin"));
        }
        assertThat(cors.headers(PREFLIGHT)).containsEntry("Vary", "Origin, Access-Control-Request-Headers");
    }

    @Test
    void sends_the_pages_own_of_several() {
        var cors = new Cors(Set.of("https://friend.example", "https://other.example"), false);

        assertThat(cors.headers(GET)).containsEntry("Access-Control-Allow-Origin", "https://friend.example");
        assertThat(cors.headers(STRANGER)).containsExactly(entry("Vary", "Origin"));
    }

    @Test
    void finds_regular_expressions_in_origins() {
        var cors = new Cors(Set.of("/^https:\\/\\/[a-z]+\\.example$/"), false);

        assertThat(cors.headers(GET)).containsEntry("Access-Control-Allow-Origin", "https://friend.example");
        assertThat(cors.headers(TestBench.request("GET", QUERY, "origin", "https://friend.example.evil")))
                .doesNotContainKey("Access-Control-Allow-Origin");
        assertThatThrownBy(() -> new Cors(Set.of("/(/"), false)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void sends_a_star_to_pages_with_cookies_too_though_no_browser_takes_it() {
        assertThat(new Cors(Set.of("*"), true).headers(STRANGER))
                .containsExactly(
                        entry("Access-Control-Allow-Origin", "*"), entry("Access-Control-Allow-Credentials", "true"));
    }

    @Test
    void sends_the_pages_own_where_any_will_do() {
        assertThat(new Cors(Set.of("/.*/"), true).headers(STRANGER))
                .containsExactly(
                        entry("Access-Control-Allow-Origin", "https://evil.example"),
                        entry("Access-Control-Allow-Credentials", "true"),
                        entry("Vary", "Origin"));
    }

    @Test
    void says_what_else_it_is_told() {
        var cors = new Cors(
                Set.of("*"), false, List.of("GET", "POST"), List.of("x-a"), List.of("x-b", "x-c"), Duration.ofHours(1));

        assertThat(cors.headers(PREFLIGHT))
                .containsExactly(
                        entry("Access-Control-Allow-Origin", "*"),
                        entry("Access-Control-Allow-Methods", "GET,POST"),
                        entry("Access-Control-Allow-Headers", "x-a"),
                        entry("Access-Control-Max-Age", "3600"),
                        entry("Access-Control-Expose-Headers", "x-b,x-c"));
        assertThat(cors.headers(GET)).containsOnlyKeys("Access-Control-Allow-Origin", "Access-Control-Expose-Headers");
    }

    @Test
    void answers_a_preflight_before_anything_else_is_looked_at() {
        var bench = new TestBench(EngineOptions.builder().cors(new Cors(Set.of("*"), false)));

        var response = bench.serve(TestBench.request("OPTIONS", "transport=abc", "origin", "https://a.example"));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(bench.engine.upgradeHeaders(GET)).containsEntry("Access-Control-Allow-Origin", "*");
    }
}
