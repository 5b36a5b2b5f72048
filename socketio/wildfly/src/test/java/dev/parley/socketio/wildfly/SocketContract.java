package dev.parley.socketio.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.jakarta.door.SocketDoor;
import dev.parley.socketio.testkit.EmbeddedServer;
import dev.parley.socketio.testkit.Frames;
import dev.parley.socketio.testkit.Peer;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds on Undertow's own WebSocket and on a connection taken over. */
@Timeout(90)
abstract class SocketContract {

    private static final int LIMIT = 8 << 20;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final SocketServer server = SocketServer.builder(
                    Executors.newVirtualThreadPerTaskExecutor(), Executors.newSingleThreadScheduledExecutor())
            .engine(EngineOptions.builder().maxInboundBytes(LIMIT).build())
            .build();
    private EmbeddedServer running;
    private Peer peer;

    @BeforeEach
    void open() throws Exception {
        server.of("/").onConnect(socket -> {
            socket.on("echo", event -> socket.emit("echoed", event.arguments().toArray()));
            socket.on("burst", event -> {
                for (int i = 0; i < event.argument(0).intValue(); i++) {
                    socket.emit("drop", i, new byte[] {(byte) i});
                }
            });
            socket.on("slow", event -> {
                await();
                socket.emit("done", event.argument(0));
            });
        });
        var door = new DoorOptions("/socket.io/", Set.of(), false, standard());
        running = new EmbeddedServer(context -> SocketDoor.mount(context, server.engine(), door));
        peer = new Peer(running.port(), door.path());
    }

    private void await() {
        try {
            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        peer.close();
        server.close();
        running.close();
    }

    /** A client that has joined the main namespace. */
    private Frames joined() {
        var frames = peer.webSocket();
        frames.send("40").next();
        return frames;
    }

    /** Whether WebSockets go through the standard API. */
    abstract boolean standard();

    SocketServer server() {
        return server;
    }

    int port() {
        return running.port();
    }

    @Test
    void delivers_bursts_whole_and_in_order() throws Exception {
        var talker = joined();

        talker.send("42[\"burst\",1000]");

        for (int i = 0; i < 1000; i++) {
            assertThat(talker.next()).isEqualTo("451-[\"drop\"," + i + ",{\"_placeholder\":true,\"num\":0}]");
            assertThat(talker.nextBinary()).containsExactly((byte) i);
        }
    }

    @Test
    void delivers_the_same_bytes_to_everybody() throws Exception {
        var talkers = new ArrayList<Frames>();
        for (int i = 0; i < 20; i++) {
            talkers.add(joined());
        }

        for (int i = 0; i < 200; i++) {
            server.of("/").all().emit("news", i, "é€😀");
        }

        for (var talker : talkers) {
            for (int i = 0; i < 200; i++) {
                assertThat(talker.next()).isEqualTo("42[\"news\"," + i + ",\"é€😀\"]");
            }
        }
    }

    @Test
    void lets_a_client_wait_that_sends_faster_than_its_handler_works() throws Exception {
        var talker = joined();
        var kilobytes = "x".repeat(10_000);
        int messages = 4 * LIMIT / 10_000;
        var sender = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < messages; i++) {
                talker.send("42[\"slow\"," + i + ",\"" + kilobytes + "\"]");
            }
        });

        sender.join(3000); // long enough for everything to arrive, if it were let in
        assertThat(sender.isAlive()).isTrue();
        assertThat(talker.isClosed()).isFalse();
        gate.countDown();

        for (int i = 0; i < messages; i++) {
            assertThat(talker.next()).isEqualTo("42[\"done\"," + i + "]");
        }
    }

    @Test
    void closes_with_code() throws Exception {
        var talker = joined();

        talker.send("nonsense");

        assertThat(talker.closeCode()).isEqualTo(1008);
    }
}
