package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallQualityTest {

    @Test
    void a_report_gives_the_set_up_the_end_and_each_path_by_its_less_direct_end() {
        var quality = of("""
                {"setupMs":812,"end":"hangup","links":[{
                  "path":{"local":"host","remote":"srflx","protocol":"udp"},
                  "rttMs":{"p50":20,"p95":44},"lossIn":{"p50":0,"p95":0.03},
                  "freezes":2,"concealment":0.01,"lowestRung":"180p"}]}
                """);

        assertThat(quality)
                .isEqualTo(new CallQuality(
                        812L,
                        "hangup",
                        null,
                        List.of(new CallQuality.Link("srflx", "udp", 44L, 0.03, 2, 0.01, "180p"))));
    }

    @Test
    void what_a_device_makes_up_is_neither_a_name_nor_a_figure() {
        var quality = of("{\"setupMs\":-1,\"end\":\"invented\",\"links\":[]}");
        var link = of("""
                {"setupMs":1e300,"links":[{"path":{"local":"moon","remote":"relay","protocol":"pigeon"},
                  "rttMs":{"p95":-5},"lossIn":{"p95":7},"freezes":-9,"concealment":"much","lowestRung":"9000p"}]}
                """).links().getFirst();

        assertThat(quality).isEqualTo(new CallQuality(null, "other", null, List.of()));
        assertThat(link).isEqualTo(new CallQuality.Link("other", "other", null, null, 0, null, "other"));
    }

    @Test
    void a_report_of_something_else_is_empty_and_a_thousand_links_are_not_counted() {
        assertThat(of("{\"links\":7}").links()).isEmpty();
        assertThat(of("{\"links\":[1,null,{}]}").links()).isEmpty();
        assertThat(of("{\"links\":[" + "{\"path\":{}},".repeat(999) + "{\"path\":{}}]}")
                        .links())
                .hasSize(32);
    }

    @Test
    void why_it_failed_is_a_word_of_the_contract() {
        assertThat(of("{\"end\":\"failed\",\"failure\":\"relay-refused\"}").failure())
                .isEqualTo("relay-refused");
        assertThat(of("{\"failure\":\"password=secret\"}").failure()).isEqualTo("other");
        assertThat(of("{\"failure\":null}").failure()).isNull();
        assertThat(of("{}").paths()).isEqualTo("none");
        assertThat(of("""
                {"links":[{"path":{"local":"relay","remote":"host"}},{"path":{"local":"host","remote":"host"}},
                  {"path":{"local":"relay","remote":"10.1.2.3"}}]}
                """).paths()).isEqualTo("host, other, relay");
    }

    private static CallQuality of(String stats) {
        return CallQuality.of(CallReport.tree(stats));
    }
}
