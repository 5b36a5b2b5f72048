package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PrivilegesTest {

    private static String status(String effective) {
        return "Name:\tjava\nCapInh:\t0000000000000000\nCapPrm:\t000001ffffffffff\nCapEff:\t%s\nCapBnd:\t000001ffffffffff\n"
                .formatted(effective);
    }

    @Test
    void are_enough_for_root() {
        assertThatCode(() -> Privileges.read(status("000001ffffffffff")).demand())
                .doesNotThrowAnyException();
    }

    @Test
    void are_enough_when_just_these_two_were_given() {
        assertThatCode(() -> Privileges.read(status("0000000000201000")).demand())
                .doesNotThrowAnyException();
    }

    /** As {@code docker run} gives them by default. */
    @Test
    void of_a_common_container_are_named_with_the_way_to_more() {
        assertThatThrownBy(() -> Privileges.read(status("00000000a80425fb")).demand())
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "The network laboratory cannot be built: this process has no CAP_NET_ADMIN and no CAP_SYS_ADMIN."
                                + " Run the build as root; in a container, give it these rights (docker run --privileged).");
    }

    @Test
    void that_are_half_there_are_named_by_the_other_half() {
        assertThatThrownBy(() -> Privileges.read(status("0000000000200000")).demand())
                .hasMessageContaining("has no CAP_NET_ADMIN.");
    }
}
