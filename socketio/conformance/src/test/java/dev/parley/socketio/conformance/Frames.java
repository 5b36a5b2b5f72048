package dev.parley.socketio.conformance;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One WebSocket and what came over it. */
final class Frames implements WebSocket.Listener {

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket socket;
    private volatile boolean answering;

    Frames on(WebSocket opened) {
        socket = opened;
        return this;
    }

    /** Pings are answered and not seen any more. */
    Frames answeringPings() {
        answering = true;
        return this;
    }

    Frames send(String message) {
        socket().sendText(message, true).orTimeout(10, TimeUnit.SECONDS).join();
        return this;
    }

    Frames send(byte... message) {
        socket().sendBinary(ByteBuffer.wrap(message), true)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return this;
    }

    /** The next message, a text. */
    String next() {
        return (String) take();
    }

    byte[] nextBinary() {
        return (byte[]) take();
    }

    private Object take() {
        try {
            var message = received.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new IllegalStateException("nothing came within ten seconds");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The code, once the server has closed; 1006 when the connection just ended. */
    int closeCode() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    void abort() {
        socket().abort();
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
            var message = text.toString();
            text.setLength(0);
            if (answering && message.equals("2")) {
                var unused = from.sendText("3", true);
            } else {
                received.add(message);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        received.add(bytes);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.complete(1006);
    }
}
