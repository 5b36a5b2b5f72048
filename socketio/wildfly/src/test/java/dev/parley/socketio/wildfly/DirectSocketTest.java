package dev.parley.socketio.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.socketio.jakarta.door.SocketTakeover;
import java.io.IOException;
import java.net.Socket;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectSocketTest extends SocketContract {

    @Override
    boolean standard() {
        return false;
    }

    private RawSocket raw(int receiveBuffer) throws IOException {
        return new RawSocket(new Socket(), port(), receiveBuffer);
    }

    @Test
    void is_what_the_door_hands_connections_to() {
        assertThat(ServiceLoader.load(SocketTakeover.class)).singleElement().isInstanceOf(UndertowTakeover.class);
    }

    @Test
    void loses_nothing_when_the_client_takes_little_at_a_time() throws Exception {
        try (var client = raw(2048).join()) {
            int count = 300;
            var kilobytes = "x".repeat(10_000);
            for (int i = 0; i < count; i++) {
                server().of("/").all().emit("news", i, kilobytes);
            }

            for (int i = 0; i < count; i++) {
                assertThat(client.next()).isEqualTo("42[\"news\"," + i + ",\"" + kilobytes + "\"]");
            }
        }
    }

    @Test
    void writes_a_frame_that_is_larger_than_any_buffer() throws Exception {
        try (var client = raw(4096).join()) {
            var megabytes = "y".repeat(3_000_000);

            server().of("/").all().emit("big", megabytes);
            server().of("/").all().emit("small", 1);

            assertThat(client.next()).isEqualTo("42[\"big\",\"" + megabytes + "\"]");
            assertThat(client.next()).isEqualTo("42[\"small\",1]");
        }
    }

    @Test
    void says_what_waits_before_it_closes() throws Exception {
        server().of("/")
                .onConnect(socket -> socket.on("leave", event -> {
                    for (int i = 0; i < 100; i++) {
                        socket.emit("last", i, "z".repeat(10_000));
                    }
                    socket.disconnect(true);
                }));
        try (var client = raw(2048).join()) {
            client.send(new ClientFrames().text("42[\"leave\"]").bytes());

            for (int i = 0; i < 100; i++) {
                assertThat(client.next()).startsWith("42[\"last\"," + i + ",");
            }
            assertThat(client.next()).isEqualTo("41");
            assertThat(client.next()).isEqualTo("close 1000");
        }
    }

    @Test
    void answers_what_came_in_one_read_in_order() throws Exception {
        try (var client = raw(0).join()) {
            var frames = new ClientFrames();
            for (int i = 0; i < 500; i++) {
                frames.text("42[\"echo\"," + i + "]").frame(0x89, (byte) 'p');
            }
            client.send(frames.bytes());

            int echoes = 0;
            int pongs = 0;
            while (echoes < 500 || pongs == 0) {
                var next = client.next();
                if (next.equals("pong p")) {
                    pongs++;
                } else {
                    assertThat(next).isEqualTo("42[\"echoed\"," + echoes++ + "]");
                }
            }
            assertThat(pongs).isLessThanOrEqualTo(500);
        }
    }

    @Test
    void reads_frames_that_come_byte_by_byte() throws Exception {
        try (var client = raw(0).join()) {
            for (byte single : new ClientFrames().text("42[\"echo\",\"é\"]").bytes()) {
                client.send(new byte[] {single});
            }

            assertThat(client.next()).isEqualTo("42[\"echoed\",\"é\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({"193, 1002", "131, 1002", "128, 1002"})
    void tells_why_it_closes(int first, int code) throws Exception {
        try (var client = raw(0).join()) {
            client.send(new ClientFrames().frame(first, (byte) 'x').bytes());

            assertThat(client.next()).isEqualTo("close " + code);
            assertThat(client.next()).isEqualTo("end");
            await().until(() -> server().engine().sessionCount() == 0);
        }
    }

    @Test
    void answers_a_close_with_its_code() throws Exception {
        try (var client = raw(0).join()) {
            client.send(new ClientFrames().frame(0x88, (byte) 0x0f, (byte) 0xa1).bytes()); // 4001

            assertThat(client.next()).isEqualTo("close 4001");
            assertThat(client.next()).isEqualTo("end");
            await().until(() -> server().engine().sessionCount() == 0);
        }
    }

    @Test
    void says_goodbye_when_the_server_closes() throws Exception {
        try (var client = raw(0).join()) {
            var closed = CompletableFuture.runAsync(server()::close);

            assertThat(client.next()).isEqualTo("close 1001");
            closed.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void notices_a_client_that_vanishes() throws Exception {
        raw(0).join().close();

        await().until(() -> server().engine().sessionCount() == 0);
    }

    @Test
    void drops_a_reader_that_is_too_slow_and_serves_the_others() throws Exception {
        try (var slow = raw(2048).join();
                var quick = raw(0).join()) {
            var reader = CompletableFuture.supplyAsync(() -> readAll(quick, 3000));
            for (int i = 0; i < 3000; i++) {
                server().of("/").all().emit("news", i, "w".repeat(10_000));
                if (i % 100 == 99) {
                    var acked = i;
                    await().pollInterval(java.time.Duration.ofMillis(5)).until(() -> read.get() >= acked - 50);
                }
            }

            assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(3000);
            await().until(() -> server().engine().sessionCount() == 1);
            assertThat(slow).isNotNull();
        }
    }

    private final java.util.concurrent.atomic.AtomicInteger read = new java.util.concurrent.atomic.AtomicInteger();

    private int readAll(RawSocket client, int count) {
        try {
            for (int i = 0; i < count; i++) {
                assertThat(client.next()).startsWith("42[\"news\"," + i + ",");
                read.incrementAndGet();
            }
            return count;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
