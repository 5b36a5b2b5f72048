package dev.parley.socketio.testkit;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One WebSocket and what came over it, frame by frame, without any Engine.IO on top. */
public final class Frames implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    private @Nullable WebSocket socket;
    private volatile boolean answering;

    Frames() {}

    /** From now on Engine.IO's pings are answered and not seen any more. */
    public Frames answeringPings() {
        answering = true;
        return this;
    }

    void socket(WebSocket opened) {
        socket = opened;
    }

    /** A text frame. */
    public Frames send(String message) {
        socket().sendText(message, true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return this;
    }

    /** A binary frame. */
    public Frames send(byte... message) {
        socket().sendBinary(ByteBuffer.wrap(message), true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return this;
    }

    /**
     * The next text message.
     *
     * @throws AssertionError when none comes within ten seconds, or the server closed
     */
    public String next() {
        return take(String.class);
    }

    /** The next binary message, like {@link #next()}. */
    public byte[] nextBinary() {
        return take(byte[].class);
    }

    private <T> T take(Class<T> type) {
        try {
            var message = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!type.isInstance(message)) {
                throw new AssertionError("no " + type.getSimpleName() + " within " + PATIENCE.toSeconds() + " s but "
                        + (message == null ? "nothing" : message));
            }
            return type.cast(message);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /**
     * The code with which the server closes, when nothing else comes before.
     *
     * @throws AssertionError when something does, or ten seconds pass
     */
    public int nextClose() {
        return take(Closed.class).code();
    }

    /** Hands over everything until the connection ends. */
    void forEach(TestClient client) {
        try {
            for (var message = received.take(); ; message = received.take()) {
                switch (message) {
                    case String packet -> client.text(packet);
                    case byte[] data -> client.binary(ByteBuffer.wrap(data));
                    default -> {
                        return; // closed
                    }
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Messages that nobody has taken yet. */
    public int waiting() {
        return (int) received.stream()
                .filter(message -> !(message instanceof Closed))
                .count();
    }

    /**
     * The code, once the server has closed; 1006 when the connection broke. Messages before it may still be taken.
     *
     * @throws java.util.concurrent.CompletionException when it does not within ten seconds
     */
    public int closeCode() {
        return closed.copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Whether the WebSocket is closed, by whichever side. */
    public boolean isClosed() {
        return closed.isDone();
    }

    /** Breaks the connection without a close frame. */
    public void abort() {
        socket().abort();
        over(1006);
    }

    @Override
    public void close() {
        abort();
    }

    private WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not open");
        }
        return socket;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            take(text.toString(), from);
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(String message, WebSocket from) {
        if (answering && message.equals("2")) {
            var unused = from.sendText("3", true);
        } else {
            received.add(message);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        var part = new byte[data.remaining()];
        data.get(part);
        bytes.writeBytes(part);
        if (last) {
            received.add(bytes.toByteArray());
            bytes.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        over(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        over(1006);
    }

    private void over(int code) {
        closed.complete(code);
        received.add(new Closed(code));
    }

    private record Closed(int code) {}
}
