package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stock client over the server's own TLS, where WebSockets are taken over all the same. */
@Conformance
@DisabledIfSystemProperty(named = "conformance.port", matches = ".+", disabledReason = "that server has no TLS")
class TlsIT {

    private static final int LONG = 900_000;

    @ParameterizedTest
    @EnumSource
    void long_messages_go_both_ways(StockClient.Mode mode) throws Exception {
        var text = "é".repeat(LONG / 2);
        var bytes = new byte[LONG * 2 / 3];
        Arrays.fill(bytes, (byte) 7);
        try (var client = client(mode, "/patient/socket.io/", "message-back")) {
            client.connect();
            if (mode == StockClient.Mode.UPGRADE) {
                client.awaitUpgrade();
            }

            for (int i = 0; i < 3; i++) {
                assertThat(client.ask("message-with-ack", text, i)).containsExactly(text, i);
                assertThat((byte[]) client.ask("message-with-ack", new Object[] {bytes})
                                .getFirst())
                        .isEqualTo(bytes);
                client.emit("message", i, text);
                client.emit("message", i, bytes);
                assertThat(client.next("message-back")).containsExactly(i, text);
                assertThat((byte[]) client.next("message-back").get(1)).isEqualTo(bytes);
            }
        }
    }

    private static StockClient client(StockClient.Mode mode, String path, String... events) throws Exception {
        var trust = new Trust();
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {trust}, new SecureRandom());
        var http = new OkHttpClient.Builder()
                .sslSocketFactory(tls.getSocketFactory(), trust)
                .hostnameVerifier((host, session) -> true)
                .build();
        return new StockClient("https://127.0.0.1:" + Server.tlsPort(), mode, Map.of(), http, path, events);
    }

    /** The server made its certificate a moment ago. */
    private static final class Trust implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
