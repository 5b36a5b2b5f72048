package dev.parley.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VitalsTest {

    private final Vitals vitals = new Vitals();

    /** What a server brings. */
    @BeforeAll
    static void answer_by_hand() {
        HealthCheckResponse.setResponseProvider(new PlainResponse.Provider());
    }

    @Test
    void is_not_ready_before_anybody_has_said_what_is_needed_but_alive() {
        assertThat(vitals.ready().getStatus()).isEqualTo(Status.DOWN);
        assertThat(vitals.alive().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void is_ready_when_all_that_is_needed_is_there() {
        vitals.needs("database", () -> {});
        vitals.needs("grid", () -> {});

        assertThat(vitals.ready().getStatus()).isEqualTo(Status.UP);
        assertThat(vitals.ready().getData()).contains(Map.of("database", "up", "grid", "up"));
    }

    @Test
    void names_what_is_ill_and_no_more_of_it_than_its_kind() {
        vitals.needs("database", () -> {
            throw new IOException("no route to db.internal");
        });
        vitals.needs("grid", () -> {});
        vitals.livesBy("pulse", () -> {});

        assertThat(vitals.ready().getStatus()).isEqualTo(Status.DOWN);
        assertThat(vitals.ready().getData()).contains(Map.of("database", "IOException", "grid", "up"));
        assertThat(vitals.alive().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void is_ready_again_by_itself() {
        boolean[] gone = {true};
        vitals.needs("database", () -> {
            if (gone[0]) {
                throw new IOException();
            }
        });
        assertThat(vitals.ready().getStatus()).isEqualTo(Status.DOWN);

        gone[0] = false;

        assertThat(vitals.ready().getStatus()).isEqualTo(Status.UP);
    }
}
