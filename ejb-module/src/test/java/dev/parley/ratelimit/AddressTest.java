package dev.parley.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:db8:1:2:ffff:4:5:6, 2001:db8:1:2::/64",
        "2001:db8::1, 2001:db8:0:0::/64",
        "::1, 0:0:0:0::/64",
        "::, 0:0:0:0::/64",
        "1:2:3:4:5::, 1:2:3:4::/64",
        "0:0:0:0:0:0:0:1, 0:0:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "::ffff:10.0.0.1, ::ffff:10.0.0.1",
        "nonsense, nonsense",
        "1::2:3:4:5:6:7:8, 1:2:3:4::/64"
    })
    void is_a_whole_ipv4_address_or_half_an_ipv6_address(String address, String network) {
        assertThat(Address.network(address)).isEqualTo(network);
    }
}
