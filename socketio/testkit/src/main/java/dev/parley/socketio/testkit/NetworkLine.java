package dev.parley.socketio.testkit;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's connection to a real server: a thread reads, whoever sends writes. */
final class NetworkLine implements TestClient.Line {

    private static final String SEPARATOR = "\u001e";

    private final Peer peer;
    private final TestClient client;
    private final Peer.@Nullable Polling polling;
    private volatile @Nullable Frames frames;
    private volatile boolean over;

    private NetworkLine(Peer peer, TestClient client, Peer.@Nullable Polling polling, @Nullable Frames frames) {
        this.peer = peer;
        this.client = client;
        this.polling = polling;
        this.frames = frames;
    }

    static NetworkLine open(
            URI server,
            String path,
            TestClient.Transport transport,
            Duration patience,
            TestClient client,
            String... headers) {
        var peer = new Peer(server, path);
        try {
            if (transport == TestClient.Transport.WEBSOCKET) {
                var frames = peer.webSocket("?EIO=4&transport=websocket", headers);
                frames.next();
                var line = new NetworkLine(peer, client, null, frames);
                Thread.ofVirtual().start(() -> line.read(frames));
                return line;
            }
            var polling = peer.polling(headers);
            if (polling.handshake().statusCode() != 200) {
                throw new AssertionError("refused with status "
                        + polling.handshake().statusCode() + ": "
                        + polling.handshake().body());
            }
            var line = new NetworkLine(peer, client, polling, null);
            var polls = new CompletableFuture<@Nullable Void>();
            Thread.ofVirtual().start(() -> {
                line.poll(polling);
                polls.complete(null);
            });
            if (transport == TestClient.Transport.UPGRADE) {
                line.upgrade(polling, polls, patience);
            }
            return line;
        } catch (RuntimeException | AssertionError failure) {
            peer.close();
            throw failure;
        }
    }

    /** As the stock clients do it: probe, wait for the pending GET to come back, then switch. */
    private void upgrade(Peer.Polling session, CompletableFuture<@Nullable Void> polls, Duration patience) {
        var opened = session.upgrade();
        opened.send("2probe");
        var pong = opened.next();
        if (!pong.equals("3probe")) {
            throw new AssertionError("no 3probe but " + pong);
        }
        frames = opened; // the loop of GETs ends with the noop that the server sends now
        polls.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
        opened.send("5");
        Thread.ofVirtual().start(() -> read(opened));
    }

    private void poll(Peer.Polling session) {
        try {
            while (!over && frames == null) {
                var response = session.poll();
                if (response.statusCode() != 200) {
                    break;
                }
                for (var packet : response.body().split(SEPARATOR, -1)) {
                    client.text(packet);
                }
            }
        } catch (IllegalStateException broken) {
            // the server is gone: told below
        }
        if (frames == null) {
            client.closed();
        }
    }

    private void read(Frames socket) {
        socket.forEach(client);
        client.closed();
    }

    @Override
    public void text(String packet) {
        var socket = frames;
        if (socket != null) {
            socket.send(packet);
        } else {
            push(packet);
        }
    }

    @Override
    public void binary(ByteBuffer message) {
        var bytes = new byte[message.remaining()];
        message.get(bytes);
        var socket = frames;
        if (socket != null) {
            socket.send(bytes);
        } else {
            push("b" + Base64.getEncoder().encodeToString(bytes));
        }
    }

    private void push(String packet) {
        var response = polling().push(packet);
        if (response.statusCode() != 200) {
            client.closed();
        }
    }

    private Peer.Polling polling() {
        if (polling == null) {
            throw new IllegalStateException("not a polling session");
        }
        return polling;
    }

    @Override
    public void close() {
        over = true;
        try {
            text("1");
        } catch (RuntimeException gone) {
            // then there is nobody to say it to
        }
        vanish();
    }

    @Override
    public void vanish() {
        over = true;
        var socket = frames;
        if (socket != null) {
            socket.abort();
        }
        peer.close();
    }
}
