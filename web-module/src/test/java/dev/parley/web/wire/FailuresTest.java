package dev.parley.web.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "57P01", "57014", "53300", "40P01", "55P03", "HYT00", "90067"})
    void says_that_the_database_does_not_answer(String state) {
        Exception failed = new EJBException(
                new jakarta.persistence.PersistenceException("x", new SQLException("host db.internal", state)));

        Problem problem = Failures.explain(failed, "x");

        assertThat(problem.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(problem.retryAfter()).isPresent();
        assertThat(problem.getMessage()).doesNotContain("db.internal");
    }

    @Test
    void takes_an_empty_pool_and_a_failed_commit_for_the_same() {
        SQLException noConnection = new SQLException(
                "IJ000453", new jakarta.resource.ResourceException("IJ000655: No managed connections"));
        Exception noCommit = new jakarta.ejb.EJBTransactionRolledbackException(
                "Transaction rolled back", new jakarta.transaction.RollbackException("ARJUNA016053"));

        assertThat(Failures.explain(noConnection, "x").code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(Failures.explain(noCommit, "x").code()).isEqualTo(Code.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22021", "22001"})
    void does_not_promise_that_trying_again_helps_against_what_is_wrong(String state) {
        Exception failed = new jakarta.ejb.EJBTransactionRolledbackException(
                "x", new jakarta.persistence.PersistenceException("x", new SQLException("x", state)));

        assertThat(Failures.explain(failed, "x").code()).isEqualTo(Code.INTERNAL);
    }

    @Test
    void survives_causes_that_go_in_circles() {
        Exception one = new IllegalStateException("one");
        Exception two = new IllegalStateException("two", one);
        one.initCause(two);

        assertThat(Failures.explain(one, "x").code()).isEqualTo(Code.INTERNAL);
    }
}
