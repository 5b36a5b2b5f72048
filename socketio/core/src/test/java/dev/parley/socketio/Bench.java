package dev.parley.socketio;

import dev.parley.engineio.Engine;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.FakeExchange;
import dev.parley.engineio.FakeSocket;
import dev.parley.engineio.ManualScheduler;
import dev.parley.engineio.Timers;
import dev.parley.engineio.WebSocketInbound;
import dev.parley.socketio.adapter.LocalAdapter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A server without a network. */
final class Bench {

    final ManualScheduler time = new ManualScheduler();
    final Timers timers = time.timers();
    final List<String> failures = new ArrayList<>();
    FailureListener failureListener = (socket, place, failure) -> failures.add(place + ": " + failure.getMessage());
    final List<LocalAdapter> adapters = new ArrayList<>();
    final LiveServer server;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean holding;

    Bench() {
        this(EngineOptions.builder());
    }

    Bench(EngineOptions.Builder options, ServerListener... listeners) {
        this(options, builder -> List.of(listeners).forEach(builder::listener));
    }

    Bench(Consumer<SocketServerBuilder> more) {
        this(EngineOptions.builder(), more);
    }

    Bench(EngineOptions.Builder options, Consumer<SocketServerBuilder> more) {
        Executor executor = task -> {
            if (holding) {
                held.add(task);
            } else {
                task.run();
            }
        };
        var builder = SocketServer.builder(executor, time);
        builder.engine(options.pingInterval(Duration.ofMinutes(10)).build())
                .onFailure((socket, place, failure) -> failureListener.failed(socket, place, failure))
                .adapter(home -> {
                    var adapter = new LocalAdapter(home);
                    adapters.add(adapter);
                    return adapter;
                });
        more.accept(builder);
        server = builder.build(timers);
    }

    Engine engine() {
        return server.engine();
    }

    /** From now on no listener gets a thread. */
    void holdHandlers() {
        holding = true;
    }

    void releaseHandlers() {
        holding = false;
        for (var task = held.poll(); task != null; task = held.poll()) {
            task.run();
        }
    }

    /** A connection over a WebSocket. */
    Wire open() {
        return new Wire();
    }

    /** One that has joined the default namespace. */
    Wire connect() {
        var wire = open();
        wire.say("40");
        wire.take();
        return wire;
    }

    final class Wire {

        final FakeSocket socket = new FakeSocket();
        private final WebSocketInbound inbound;
        private String id = "";

        private Wire() {
            inbound = FakeSocket.open(engine(), FakeExchange.request("GET", "EIO=4", "transport=websocket"), socket);
            take();
        }

        Wire say(String... frames) {
            for (var frame : frames) {
                inbound.text(frame);
            }
            socket.sent().stream()
                    .filter(frame -> frame.startsWith("40{"))
                    .forEach(frame -> id = frame.substring(10, 30));
            return this;
        }

        Wire say(byte... frame) {
            inbound.binary(ByteBuffer.wrap(frame));
            return this;
        }

        /** What came since this was asked before. */
        List<String> take() {
            return socket.take();
        }

        /** Of its socket in the default namespace. */
        String id() {
            return id;
        }

        void vanish() {
            inbound.closed();
        }

        void tooLarge() {
            inbound.tooLarge();
        }

        void fail(String rule) {
            inbound.failed(rule);
        }
    }
}
