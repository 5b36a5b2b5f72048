package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Frame;
import dev.parley.engineio.WebSocketPort;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes by the standard API, one message after the other: it does not promise the order of several at once. */
final class JakartaSocket implements WebSocketPort {

    /** A client that takes nothing for so long is gone, milliseconds. */
    private static final long SEND_TIMEOUT = 30_000;

    private final Session session;

    JakartaSocket(Session session) {
        this.session = session;
        session.getAsyncRemote().setSendTimeout(SEND_TIMEOUT);
    }

    @Override
    public void send(List<Frame> frames, Consumer<@Nullable Throwable> done) {
        new Batch(frames, done).proceed();
    }

    @Override
    public void close(int code, String reason) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        } catch (IOException | IllegalStateException e) {
            // It is closed then.
        }
    }

    private final class Batch {

        private final List<Frame> frames;
        private final Consumer<@Nullable Throwable> done;
        // A send may complete before it returns; counting turns keeps that from nesting.
        private final AtomicInteger turns = new AtomicInteger();
        // Undertow may report one completion twice: only that of the frame under way counts.
        private final AtomicInteger completed = new AtomicInteger();
        private int next;

        Batch(List<Frame> frames, Consumer<@Nullable Throwable> done) {
            this.frames = frames;
            this.done = done;
        }

        void proceed() {
            if (turns.getAndIncrement() > 0) {
                return;
            }
            do {
                if (next == frames.size()) {
                    done.accept(null);
                    return;
                }
                send(next++);
            } while (turns.decrementAndGet() > 0);
        }

        private void send(int index) {
            SendHandler handler = result -> completed(index, result.getException());
            try {
                var remote = session.getAsyncRemote();
                var frame = frames.get(index);
                if (frame.isText()) {
                    remote.sendText(frame.text(), handler);
                } else {
                    remote.sendBinary(frame.payload(), handler);
                }
            } catch (IllegalStateException e) { // closed meanwhile
                completed(index, e);
            }
        }

        private void completed(int index, @Nullable Throwable failure) {
            if (!completed.compareAndSet(index, index + 1)) {
                return;
            }
            if (failure == null) {
                proceed();
            } else {
                done.accept(failure);
            }
        }
    }
}
