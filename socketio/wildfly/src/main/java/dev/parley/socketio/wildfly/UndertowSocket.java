package dev.parley.socketio.wildfly;

import dev.parley.engineio.Frame;
import dev.parley.engineio.WebSocketPort;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.CloseReason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** Writes to the channel under Undertow's session: the same encoded bytes for every receiver, all waiting frames in one write. */
final class UndertowSocket implements WebSocketPort {

    /** A client that takes nothing for so long is gone, milliseconds. */
    private static final long SEND_TIMEOUT = 30_000;
    /** How long a client may take to answer a close, seconds. */
    private static final long GOODBYE = 10;

    private final UndertowSession session;
    private final WebSocketChannel channel;

    UndertowSocket(UndertowSession session) {
        this.session = session;
        this.channel = session.getWebSocketChannel();
    }

    @Override
    public void send(List<Frame> frames, Consumer<@Nullable Throwable> done) {
        var completion = new Completion(done);
        int last = frames.size() - 1;
        // Undertow keeps the order of frames sent one after the other by one caller, and gathers them until it is told
        // to flush.
        // A pong of its own that falls in between leaves with our flush.
        channel.setRequireExplicitFlush(last > 0);
        for (int i = 0; i <= last; i++) {
            send(frames.get(i), i == last ? completion : completion.ofOneMore());
        }
        if (last > 0) {
            channel.setRequireExplicitFlush(false);
            channel.flush();
        }
    }

    private void send(Frame frame, WebSocketCallback<Object> callback) {
        if (frame.isText()) {
            WebSockets.sendText(frame.payload(), channel, callback, frame, SEND_TIMEOUT);
        } else {
            WebSockets.sendBinary(frame.payload(), channel, callback, frame, SEND_TIMEOUT);
        }
    }

    @Override
    public void close(int code, String reason) {
        try {
            channel.resumeReceives(); // else the answer to the close would not be read
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        } catch (IOException e) {
            IoUtils.safeClose(channel);
        }
        if (channel.isOpen()) {
            channel.getIoThread().executeAfter(() -> IoUtils.safeClose(channel), GOODBYE, TimeUnit.SECONDS);
        }
    }

    @Override
    public void suspendReading() {
        channel.suspendReceives();
    }

    @Override
    public void resumeReading() {
        channel.resumeReceives();
    }

    /** The end of one write. Undertow may call back twice for the same frame. */
    private static final class Completion implements WebSocketCallback<Object> {

        private final Consumer<@Nullable Throwable> done;
        private final AtomicBoolean over = new AtomicBoolean();

        Completion(Consumer<@Nullable Throwable> done) {
            this.done = done;
        }

        /** Of a frame that others follow: only its failure matters. */
        WebSocketCallback<Object> ofOneMore() {
            return new WebSocketCallback<Object>() {

                @Override
                public void complete(WebSocketChannel channel, Object context) {
                    // The last frame says so for all.
                }

                @Override
                public void onError(WebSocketChannel channel, Object context, Throwable failure) {
                    Completion.this.onError(channel, context, failure);
                }
            };
        }

        @Override
        public void complete(WebSocketChannel channel, Object context) {
            if (over.compareAndSet(false, true)) {
                done.accept(null);
            }
        }

        @Override
        public void onError(WebSocketChannel channel, Object context, Throwable failure) {
            if (over.compareAndSet(false, true)) {
                done.accept(failure);
            }
        }
    }
}
