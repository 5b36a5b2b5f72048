package dev.parley.socketio.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.door.ClientWatch;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.jakarta.door.SocketDoor;
import dev.parley.socketio.testkit.EmbeddedServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.Options;

/** A client that goes away while its GET waits is missed at once: what is sent later would go into a connection that nobody reads. */
@Timeout(90)
class WaitingClientTest {

    @TempDir
    private Path folder;

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final SocketServer server = SocketServer.builder(
                    Executors.newVirtualThreadPerTaskExecutor(), Executors.newSingleThreadScheduledExecutor())
            .build();
    private EmbeddedServer running;
    private SSLContext tls;

    private void listen() {
        server.of("/").onConnect(socket -> {
            socket.on("say", event -> heard.add(event.arguments().toString()));
            socket.onDisconnect(reason -> heard.add(reason.text()));
        });
    }

    /** @param readTimeout of the listener, in milliseconds */
    private void open(int readTimeout) {
        listen();
        running = new EmbeddedServer(
                listening ->
                        listening.addHttpListener(0, "127.0.0.1").setSocketOption(Options.READ_TIMEOUT, readTimeout),
                context -> SocketDoor.mount(context, server.engine(), DoorOptions.defaults()));
    }

    private void open(boolean secure) throws Exception {
        listen();
        if (secure) {
            tls = SelfSigned.context(folder);
            running = new EmbeddedServer(
                    tls, context -> SocketDoor.mount(context, server.engine(), DoorOptions.defaults()));
        } else {
            running = new EmbeddedServer(context -> SocketDoor.mount(context, server.engine(), DoorOptions.defaults()));
        }
    }

    @AfterEach
    void close() {
        server.close();
        if (running != null) {
            running.close();
        }
    }

    private RawPolls client() throws IOException {
        return new RawPolls(tls == null ? new Socket() : tls.getSocketFactory().createSocket(), running.port());
    }

    /** Joins, and leaves a GET waiting; returns the session's id. */
    private static String waiting(RawPolls client) throws IOException {
        var sid = client.handshake();
        client.post(sid, "40");
        client.body();
        client.get(sid);
        client.body();
        client.get(sid);
        return sid;
    }

    /** How a client goes. */
    @FunctionalInterface
    private interface Leaving {
        void leave(RawPolls client) throws IOException;
    }

    private void leave(Leaving way) throws IOException {
        var client = client();
        waiting(client);
        way.leave(client);
    }

    private void missed() {
        await().untilAsserted(() -> assertThat(heard).containsExactly("transport error"));
        await().until(() -> server.engine().sessionCount() == 0);
    }

    @Test
    void is_found_as_a_service() {
        assertThat(ServiceLoader.load(ClientWatch.class)).singleElement().isInstanceOf(UndertowWatch.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_closed_connection_ends_the_session(boolean secure) throws Exception {
        open(secure);

        leave(RawPolls::close);

        missed();
    }

    @Test
    void a_reset_connection_ends_the_session() throws Exception {
        open(false);

        leave(RawPolls::reset);

        missed();
    }

    /** As WildFly sets it by default. */
    @Test
    void a_limit_for_reads_that_is_longer_than_a_request_waits_does_not_hide_a_closed_connection() throws Exception {
        open(90_000);

        leave(RawPolls::close);

        missed();
    }

    @Test
    void a_limit_for_reads_that_is_shorter_than_a_request_waits_does_not_end_the_session() throws Exception {
        open(500);
        try (var client = client()) {
            waiting(client);

            await().during(Duration.ofSeconds(2)).until(() -> server.engine().sessionCount() == 1);
            server.of("/").all().emit("news", 1);
            assertThat(client.body()).isEqualTo("42[\"news\",1]");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_client_that_waits_gets_what_is_sent_again_and_again(boolean secure) throws Exception {
        open(secure);
        try (var client = client()) {
            var sid = waiting(client);

            for (int i = 0; i < 300; i++) {
                server.of("/").all().emit("news", i);
                assertThat(client.body()).isEqualTo("42[\"news\"," + i + "]");
                client.get(sid);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_request_sent_behind_the_waiting_one_is_served_after_it(boolean secure) throws Exception {
        open(secure);
        try (var client = client()) {
            var sid = waiting(client);

            for (int i = 0; i < 100; i++) {
                client.post(sid, "42[\"say\"," + i + "]");
                server.of("/").all().emit("news", i);
                assertThat(client.body()).isEqualTo("42[\"news\"," + i + "]");
                assertThat(client.body()).isEqualTo("ok");
                client.get(sid);
            }

            await().untilAsserted(() -> assertThat(heard).hasSize(100));
            assertThat(heard).first().isEqualTo("[0]");
        }
    }

    @Test
    void a_connection_that_closes_between_requests_does_not_end_the_session() throws Exception {
        open(false);
        String sid;
        try (var client = client()) {
            sid = waiting(client);
            server.of("/").all().emit("news", 1);
            client.body();
        }

        try (var other = client()) {
            other.get(sid);
            server.of("/").all().emit("news", 2);

            assertThat(other.body()).contains("[\"news\",2]");
        }
    }

    @Test
    void an_answer_that_may_be_lost_is_given_to_the_get_that_comes_again() throws Exception {
        open(false);
        String sid;
        try (var client = client()) {
            sid = waiting(client);
            server.of("/").all().emit("news", 1);
            client.body();
            client.get(sid + "&t=a");
            server.of("/").all().emit("news", 2);
            client.body(); // as far as the server can know
        }

        try (var other = client()) {
            other.get(sid + "&t=a");

            assertThat(other.body()).isEqualTo("42[\"news\",2]");
        }
    }
}
