package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Person.Answer;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators see on the management port of the server as it is shipped. */
@ExtendWith(SharedParley.class)
class HealthIT {

    private final Parley parley;

    HealthIT(Parley parley) {
        this.parley = parley;
    }

    private Answer management(String path) {
        return new Person(parley).send(HttpRequest.newBuilder(parley.managementUrl(path)));
    }

    private JsonNode check(String path, String name) {
        return management(path)
                .body()
                .path("checks")
                .valueStream()
                .filter(check -> check.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void says_that_it_is_ready_and_what_that_needs() {
        JsonNode ready = check("/health/ready", "parley is ready");

        assertThat(management("/health/ready").status()).isEqualTo(200);
        assertThat(ready.path("status").asText()).as("%s", ready).isEqualTo("UP");
        assertThat(ready.at("/data/database").asText()).isEqualTo("up");
        assertThat(ready.at("/data/grid").asText()).isEqualTo("up");
    }

    @Test
    void says_that_it_is_alive() {
        JsonNode alive = check("/health/live", "parley is alive");

        assertThat(alive.path("status").asText()).as("%s", alive).isEqualTo("UP");
        assertThat(alive.at("/data/pulse").asText()).isEqualTo("up");
    }

    @Test
    void counts_what_limits_refuse_and_what_is_delivered() {
        Person ann = Person.registered(parley, "ann");
        String room = ann.room("busy");
        try (Chatter tab = Chatter.connected(ann)) {
            double said = metric("parley_messages_total");
            double refused = metric("parley_limited{.*limit=\"presence\".*}");

            Things.accepted(tab.ask("message_send", ChatContract.message(room, "counted")));
            long over = Stream.generate(() -> tab.ask("presence_set", Map.of("status", "online")))
                    .limit(8)
                    .filter(answer -> answer.at("/error/code").asText().equals("rate_limited"))
                    .count();

            assertThat(over).isPositive();
            assertThat(metric("parley_messages_total")).isGreaterThan(said);
            assertThat(metric("parley_limited{.*limit=\"presence\".*}")).isGreaterThanOrEqualTo(refused + over);
            assertThat(metric("parley_sockets{.*}")).isPositive();
            assertThat(metric("parley_unavailable{.*}")).isNotNegative();
        }
    }

    /** Of Prometheus's text format: a name and labels, a blank, the value. */
    private double metric(String series) {
        String pattern =
                series.replace("{", "\\{").replace("}", "\\}") + (series.endsWith("}") ? "" : "(\\{.*})?") + " .*";
        return management("/prometheus")
                .raw()
                .body()
                .lines()
                .filter(line -> line.matches(pattern))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
