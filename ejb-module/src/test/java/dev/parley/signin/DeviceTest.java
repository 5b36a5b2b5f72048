package dev.parley.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0                                     | Firefox on Linux
            Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) Chrome/156.0.0.0 Safari/537.36         | Chrome on Windows
            Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0   | Edge on Windows
            Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15            | Safari on macOS
            Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/156.0 Mobile Safari/604.1 | Chrome on iPhone
            Mozilla/5.0 (Linux; Android 16; SM-S911B) AppleWebKit/537.36 SamsungBrowser/29.0 Chrome/136.0 Safari/537.36  | Samsung Internet on Android
            Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 OPR/120.0          | Opera on ChromeOS
            okhttp/5.1.0                                                                                                | okhttp/5.1.0
            Java-http-client/21.0.1                                                                                     | Java-http-client/21.0.1
            <script>alert(1)</script>                                                                                  | Unknown device
            """)
    void names_what_people_know(String userAgent, String name) {
        assertThat(Device.of(userAgent, "203.0.113.9").name()).isEqualTo(name);
    }

    @Test
    void does_without_a_name_and_without_a_long_one() {
        assertThat(Device.of(null, "203.0.113.9").name()).isEqualTo("Unknown device");
        assertThat(Device.of("", "203.0.113.9").name()).isEqualTo("Unknown device");
        assertThat(Device.of("x".repeat(10_000), "203.0.113.9").name()).hasSize(60);
    }

    @Test
    void tells_only_roughly_where() {
        assertThat(Device.of(null, "203.0.113.9").address()).isEqualTo("203.0.113.x");
        assertThat(Device.of(null, "2001:db8:1:2::3").address()).isEqualTo("2001:db8:1::/48");
        assertThat(Device.of(null, "::1").address()).isEqualTo("0:0:0::/48");
        assertThat(Device.of(null, "::ffff:203.0.113.9").address()).isEqualTo("::ffff:203.0.113.x");
    }
}
