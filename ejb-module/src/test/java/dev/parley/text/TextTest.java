package dev.parley.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\ud800", "\udc00b", "\udc00\ud800", "a\ud800b"})
    void refuses_what_cannot_be_kept(String text) {
        refused(Code.INVALID, () -> Text.wellFormed(text, "text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Grüße", "🙂", "👩‍👩‍👧", "a\u202eb", "\u0007"})
    void keeps_what_can_be_kept(String text) {
        assertThat(Text.wellFormed(text, "text")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "\u200b\u2060", "\u3164", "\u115f\u00a0", "\u2800", "\u0301", "\ufeff\u00ad"})
    void sees_that_there_is_nothing_to_see(String text) {
        assertThat(Text.shows(text)).isFalse();
        refused(Code.INVALID, () -> Text.line(text, "name", 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "🙂", "👩‍👩‍👧", "❤️", "1️⃣", "é", "한", "\u200fשלום", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"})
    void sees_what_shows(String text) {
        assertThat(Text.shows(text)).isTrue();
        assertThat(Text.line(text, "name", 20)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0007b", "a\u202eb", "a\u2066b", "a\u2028b"})
    void lets_no_name_mislead(String text) {
        refused(Code.INVALID, () -> Text.line(text, "name", 10));
    }

    @Test
    void counts_characters_and_names_the_limit() {
        assertThat(Text.line(" " + "🙂".repeat(10) + " ", "name", 10)).isEqualTo("🙂".repeat(10));
        assertThatThrownBy(() -> Text.line("🙂".repeat(11), "name", 10))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(Code.TOO_LARGE);
                    assertThat(problem.details()).containsEntry("limit", 10);
                });
    }

    @Test
    void reads_instants_and_days() {
        assertThat(Moments.parse("after", "2026-11-22T08:00:00Z")).isEqualTo(Instant.parse("2026-11-22T08:00:00Z"));
        assertThat(Moments.parse("after", "2026-11-22")).isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "T", "yesterday", "2026-13-01", "+1000000000-12-31T23:59:59Z", "-0001-01-01", "+10000-01-01"
            })
    void refuses_times_that_no_database_keeps(String text) {
        refused(Code.INVALID, () -> Moments.parse("after", text));
    }

    private static void refused(Code code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
