package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Frame;
import dev.parley.engineio.WebSocketPort;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes by the standard API. It does not promise the order of several messages under way, so it is one after the other, but on
 * Undertow, which keeps it.
 */
final class JakartaSocket implements WebSocketPort {

    /** A client that takes nothing for so long is gone, milliseconds. */
    private static final long SEND_TIMEOUT = 30_000;
    /** How long a client may stay silent after a close, milliseconds. */
    private static final long GOODBYE = 10_000;

    private final Session session;
    private final Optional<InboundValve> valve;

    JakartaSocket(Session session) {
        this.session = session;
        this.valve = InboundValve.of(session);
        session.getAsyncRemote().setSendTimeout(SEND_TIMEOUT);
    }

    @Override
    public void send(List<Frame> frames, Consumer<@Nullable Throwable> done) {
        if (valve.isPresent() && frames.size() > 1) {
            sendAll(frames, new LastCounts(done));
        } else {
            new Batch(frames, done).proceed();
        }
    }

    private void sendAll(List<Frame> frames, LastCounts completion) {
        int last = frames.size() - 1;
        for (int i = 0; i <= last; i++) {
            boolean isLast = i == last;
            send(frames.get(i), result -> completion.completed(isLast, result.getException()));
        }
    }

    private void send(Frame frame, SendHandler handler) {
        try {
            var remote = session.getAsyncRemote();
            if (frame.isText()) {
                remote.sendText(frame.text(), handler);
            } else {
                remote.sendBinary(frame.payload(), handler);
            }
        } catch (IllegalStateException e) { // closed meanwhile
            handler.onResult(new SendResult(e));
        }
    }

    @Override
    public void suspendReading() {
        valve.ifPresent(InboundValve::close);
    }

    @Override
    public void resumeReading() {
        valve.ifPresent(InboundValve::open);
    }

    @Override
    public void close(int code, String reason) {
        resumeReading(); // else the answer to the close would not be read
        try {
            session.setMaxIdleTimeout(GOODBYE); // the API waits for the client's answer for ever
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        } catch (IOException | IllegalStateException e) {
            // It is closed then.
        }
    }

    /** The end of several sends at once: with the last, or with the first that fails. Undertow may call twice for the same. */
    private static final class LastCounts {

        private final Consumer<@Nullable Throwable> done;
        private final AtomicBoolean over = new AtomicBoolean();

        LastCounts(Consumer<@Nullable Throwable> done) {
            this.done = done;
        }

        void completed(boolean last, @Nullable Throwable failure) {
            if ((last || failure != null) && over.compareAndSet(false, true)) {
                done.accept(failure);
            }
        }
    }

    /** One after the other. */
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
            JakartaSocket.this.send(frames.get(index), result -> completed(index, result.getException()));
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
