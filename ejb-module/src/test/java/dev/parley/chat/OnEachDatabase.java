package dev.parley.chat;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.testing.Database;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs a class's tests on an empty database of each kind; its tests use people and rooms of their own. */
@ParameterizedClass
@EnumSource(Database.class)
abstract class OnEachDatabase {

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    static ChatFixture chat;

    OnEachDatabase(Database database) {}

    @BeforeParameterizedClassInvocation
    static void open(Database database) throws Exception {
        chat = new ChatFixture(database);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        chat.close();
    }

    @BeforeEach
    void forget_the_past() {
        chat.facts.heard();
    }

    /** A user name that nobody else has. */
    static String named(String name) {
        return name + PEOPLE.incrementAndGet();
    }

    static void refused(Code code, Runnable work) {
        Assertions.assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> Assertions.assertThat(problem.code()).isEqualTo(code));
    }
}
