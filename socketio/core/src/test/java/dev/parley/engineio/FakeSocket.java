package dev.parley.engineio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A WebSocket that writes at once, or when it is told to. */
public final class FakeSocket implements WebSocketPort {

    /** A WebSocket whose request is let in. */
    public static WebSocketInbound open(Engine engine, EngineRequest request, WebSocketPort port) {
        return engine.open((Admission) engine.verifyUpgrade(request), port);
    }

    private final List<String> sent = new ArrayList<>();
    private final List<Consumer<@Nullable Throwable>> blocked = new ArrayList<>();
    private Consumer<Frame> spy = frame -> {};
    private boolean blocking;
    private int writes;
    private int closeCode;
    private boolean suspended;

    @Override
    public void send(List<Frame> frames, Consumer<@Nullable Throwable> done) {
        if (!blocked.isEmpty()) {
            throw new IllegalStateException("two writes at once");
        }
        writes++;
        frames.forEach(frame -> {
            sent.add(frame.toString());
            spy.accept(frame);
        });
        if (blocking) {
            blocked.add(done);
        } else {
            done.accept(null);
        }
    }

    @Override
    public void close(int code, String reason) {
        if (closeCode == 0) {
            closeCode = code;
        }
    }

    @Override
    public void suspendReading() {
        suspended = true;
    }

    @Override
    public void resumeReading() {
        suspended = false;
    }

    /** Shows each frame that is written from now on. */
    public void onFrame(Consumer<Frame> listener) {
        spy = listener;
    }

    /** From now on writes do not complete. */
    public void block() {
        blocking = true;
    }

    public void unblock() {
        blocking = false;
        complete(null);
    }

    public void complete(@Nullable Throwable failure) {
        var waiting = List.copyOf(blocked);
        blocked.clear();
        waiting.forEach(done -> done.accept(failure));
    }

    public List<String> sent() {
        return List.copyOf(sent);
    }

    /** What was sent since this was asked before. */
    public List<String> take() {
        var all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    public int writes() {
        return writes;
    }

    /** 0 while it is open. */
    public int closeCode() {
        return closeCode;
    }

    public boolean isSuspended() {
        return suspended;
    }
}
