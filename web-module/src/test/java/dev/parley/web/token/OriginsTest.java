package dev.parley.web.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OriginsTest {

    private final Origins origins = new Origins("https://app.example, http://localhost:5173/ ,");

    @Test
    void lets_our_own_pages_the_named_ones_and_requests_of_no_page_in() {
        assertThat(origins.allows("http://localhost:8080", "http://localhost:8080"))
                .isTrue();
        assertThat(origins.allows("https://Parley.example", "https://parley.example:443"))
                .isTrue();
        assertThat(origins.allows("https://app.example", "https://parley.example"))
                .isTrue();
        assertThat(origins.allows("http://localhost:5173", "http://localhost:8080"))
                .isTrue();
        assertThat(origins.allows(null, "http://localhost:8080")).isTrue();
    }

    @Test
    void keeps_all_others_out() {
        assertThat(origins.allows("http://localhost:8081", "http://localhost:8080"))
                .isFalse();
        assertThat(origins.allows("https://parley.example", "http://parley.example"))
                .isFalse();
        assertThat(origins.allows("https://app.example.evil.example", "https://parley.example"))
                .isFalse();
        assertThat(origins.allows("null", "https://parley.example")).isFalse();
        assertThat(origins.allows("", "https://parley.example")).isFalse();
    }

    @Test
    void has_no_wildcard() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Origins("*"));
    }
}
