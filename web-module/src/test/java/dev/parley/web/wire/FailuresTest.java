package dev.parley.web.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.ejb.EJBException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private final ObjectMapper mapper = Json.mapper();

    record Picky(String text, int number) {
        Picky {
            if (text == null || text.isEmpty()) {
                throw Problem.of(Code.TOO_LARGE, "Too little is too much.");
            }
            if (number < 0) {
                throw new IllegalArgumentException("A number is not negative.");
            }
        }
    }

    private Problem explained(String json) {
        try {
            mapper.readValue(json, Picky.class);
            throw new AssertionError("was read");
        } catch (java.io.IOException failure) {
            return Failures.explain(failure, "test");
        }
    }

    @Test
    void finds_the_problem_below_what_wraps_it() {
        Problem problem = Problem.notFound("room");

        assertThat(Failures.explain(problem, "x")).isSameAs(problem);
        assertThat(Failures.explain(new EJBException(new CompletionException(problem)), "x"))
                .isSameAs(problem);
        assertThat(explained("{\"text\":\"\",\"number\":1}").code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void names_the_field_that_is_wrong_but_not_its_value() {
        Problem wrong = explained("{\"text\":\"secret\",\"number\":\"secret\"}");
        Problem missing = explained("{\"text\":\"secret\"}");
        Problem noJson = explained("{\"text\":secret");

        assertThat(wrong.code()).isEqualTo(Code.INVALID);
        assertThat(wrong).hasMessage("'number' is missing or of the wrong type.");
        assertThat(missing).hasMessage("'number' is missing or of the wrong type.");
        assertThat(noJson.getMessage()).isEqualTo("That is not JSON.");
    }

    @Test
    void takes_what_a_record_says_about_its_values() {
        assertThat(explained("{\"text\":\"x\",\"number\":-1}")).hasMessage("A number is not negative.");
    }

    @Test
    void says_nothing_about_what_nobody_foresaw() {
        Problem problem = Failures.explain(new EJBException(new java.sql.SQLException("password=secret")), "x");

        assertThat(problem.code()).isEqualTo(Code.INTERNAL);
        assertThat(problem.getMessage()).doesNotContain("secret");
    }

    @Test
    void survives_causes_that_go_in_circles() {
        Exception one = new IllegalStateException("one");
        Exception two = new IllegalStateException("two", one);
        one.initCause(two);

        assertThat(Failures.explain(one, "x").code()).isEqualTo(Code.INTERNAL);
    }
}
