package dev.parley.socketio.wildfly;

import dev.parley.engineio.Frame;
import dev.parley.engineio.FrameSource;
import dev.parley.engineio.GatheringPort;
import dev.parley.engineio.WebSocketInbound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;

/**
 * A WebSocket on the server's own connection. All reading and writing is done by its IO thread, so that neither needs a lock and TLS is
 * used as it wants to be; other threads leave what they have to say and mark it dirty.
 */
final class DirectSocket implements GatheringPort, FrameSink {

    /** How long a client may take to answer a close, milliseconds. */
    private static final long GOODBYE = 10_000;
    /** Reads in a row, after which other sockets get their turn. */
    private static final int TURN = 4;

    private static final AtomicIntegerFieldUpdater<DirectSocket> DIRTY =
            AtomicIntegerFieldUpdater.newUpdater(DirectSocket.class, "dirty");

    private final IoLoop loop;
    private final StreamConnection connection;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final boolean isSecure;
    private @Nullable WebSocketInbound inbound;

    private volatile int dirty;
    private volatile @Nullable FrameSource source;
    /** What was sent past the source, and the close frame at its end. */
    private volatile @Nullable Queue<Parting> partings;

    private volatile boolean closing;
    private volatile boolean suspended;

    // Of the IO thread alone from here.
    /** The answer to the newest ping. */
    private byte @Nullable [] pong;

    private boolean closeSent;
    private boolean closeReceived;
    /** The client broke the rules: what it still sends is not looked at. */
    private boolean discards;

    private boolean ended;
    /** Ends the connection if nothing else does. */
    private XnioExecutor.@Nullable Key deadline;

    /** A frame to be written by itself. */
    private record Parting(ByteBuffer wire, @Nullable Consumer<@Nullable Throwable> done, boolean isClose) {}

    /** @param limit bytes of one message */
    DirectSocket(IoLoop loop, StreamConnection connection, boolean isSecure, int limit) {
        this.loop = loop;
        this.connection = connection;
        this.isSecure = isSecure;
        this.reader = new FrameReader(limit, this);
        this.writer = new FrameWriter(loop, connection, isSecure);
    }

    /** Begins to read, on the IO thread. */
    void start(WebSocketInbound receiver) {
        inbound = receiver;
        connection.getSourceChannel().setReadListener(channel -> readable());
        connection.getSinkChannel().setWriteListener(channel -> writable());
        connection.setCloseListener(channel -> loop.execute(this::ended));
        if (!suspended) {
            connection.getSourceChannel().resumeReads();
        }
        readable();
    }

    // ---- reading

    private void readable() {
        try {
            for (int turn = 0; turn < TURN && !suspended && !closeReceived && connection.isOpen(); turn++) {
                var in = loop.in();
                in.clear();
                int count = connection.getSourceChannel().read(in);
                if (count < 0) {
                    // Undertow's TLS goes on calling, even when the connection is closed, until it is told not to.
                    connection.getSourceChannel().suspendReads();
                    IoUtils.safeClose(connection);
                    return;
                }
                if (count == 0) {
                    return;
                }
                if (!discards) {
                    in.flip();
                    in.get(loop.bytes(), 0, count);
                    reader.read(loop.bytes(), 0, count);
                }
                if (count < in.capacity() && !isSecure) {
                    return; // the kernel has no more, or will say so
                }
            }
            if (!connection.isOpen()) {
                connection.getSourceChannel().suspendReads();
            } else if (isSecure && !suspended && !closeReceived) {
                connection.getSourceChannel().wakeupReads(); // decrypted bytes are nothing that a selector sees
            }
        } catch (FrameException e) {
            refused(e);
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        } catch (RuntimeException | Error e) {
            System.getLogger(DirectSocket.class.getName())
                    .log(System.Logger.Level.ERROR, "A WebSocket's frames could not be handled", e);
            IoUtils.safeClose(connection);
        }
    }

    private void refused(FrameException broken) {
        discards = true;
        if (inbound == null) {
            return;
        }
        if (broken.code() == FrameReader.TOO_BIG) {
            inbound.tooLarge();
        } else {
            close(broken.code(), broken.getMessage() == null ? "" : broken.getMessage());
            inbound.failed(String.valueOf(broken.getMessage()));
        }
    }

    @Override
    public void text(String message) {
        if (inbound != null && !closing) {
            inbound.text(message);
        }
    }

    @Override
    public void binary(byte[] message) {
        if (inbound != null && !closing) {
            inbound.binary(ByteBuffer.wrap(message));
        }
    }

    @Override
    public void ping(byte[] data) {
        if (!closing) {
            pong = Control.frame(Control.PONG, data); // of several only the newest need be answered (RFC 6455, 5.5.3)
            ready();
        }
    }

    @Override
    public void close(int code) {
        closeReceived = true;
        connection.getSourceChannel().suspendReads();
        if (closeSent) {
            IoUtils.safeClose(connection);
            return;
        }
        close(code == Control.NO_CODE ? 1000 : code, "");
        if (inbound != null) {
            inbound.closed();
        }
    }

    @Override
    public void suspendReading() {
        suspended = true;
        onLoop(this::suspendOrResume);
    }

    @Override
    public void resumeReading() {
        suspended = false;
        onLoop(this::suspendOrResume);
    }

    /** As was said last: a task of the thread that said it before may well come after that of another. */
    private void suspendOrResume() {
        if (suspended) {
            connection.getSourceChannel().suspendReads();
        } else if (!closeReceived && connection.isOpen()) {
            connection.getSourceChannel().wakeupReads();
        }
    }

    private void onLoop(Runnable task) {
        if (loop.isHere()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    // ---- what is to be written, from any thread

    @Override
    public void attach(FrameSource frames) {
        source = frames;
    }

    @Override
    public void ready() {
        if (dirty == 0 && DIRTY.compareAndSet(this, 0, 1)) {
            loop.dirty(this);
        }
    }

    @Override
    public boolean keepsUp() {
        return !writer.isCongested();
    }

    @Override
    public long progress() {
        return writer.progress();
    }

    @Override
    public void send(List<Frame> frames, Consumer<@Nullable Throwable> done) {
        int last = frames.size() - 1;
        for (int i = 0; i <= last; i++) {
            part(new Parting(ByteBuffer.wrap(frames.get(i).wire()), i == last ? done : null, false));
        }
    }

    @Override
    public void close(int code, String reason) {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        var text = reason.getBytes(StandardCharsets.UTF_8);
        part(new Parting(ByteBuffer.wrap(Control.close(code, text)), null, true));
        onLoop(() -> {
            if (!closeSent) { // else the client's time to answer runs already, which is shorter
                limit(FrameWriter.PATIENCE);
            }
        });
    }

    private void part(Parting parting) {
        synchronized (this) {
            var queue = partings;
            if (queue == null) {
                queue = new ConcurrentLinkedQueue<>();
                partings = queue;
            }
            queue.add(parting);
        }
        ready();
    }

    // ---- writing

    /** Writes what there is, as far as the client takes it. */
    void flush() {
        dirty = 0;
        if (ended || writer.isCongested() || closeSent) {
            return;
        }
        try {
            writePartings();
            var from = source;
            if (from == null || closeSent) {
                return;
            }
            boolean more = true;
            while (more && !writer.isCongested()) {
                more = writer.writeFrom(from);
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        } catch (RuntimeException | Error e) {
            System.getLogger(DirectSocket.class.getName())
                    .log(System.Logger.Level.ERROR, "A WebSocket could not be written to", e);
            IoUtils.safeClose(connection);
        }
    }

    private void writePartings() throws IOException {
        var answer = pong;
        if (answer != null) {
            pong = null;
            writer.write(ByteBuffer.wrap(answer));
        }
        var queue = partings;
        if (queue == null) {
            return;
        }
        for (var parting = queue.poll(); parting != null; parting = queue.poll()) {
            writer.write(parting.wire);
            if (parting.done != null) {
                parting.done.accept(null); // the order is kept, and the limits of time are ours
            }
            if (parting.isClose) {
                closeSent = true;
                said();
                return;
            }
        }
        synchronized (this) {
            if (queue.isEmpty()) {
                partings = null;
            }
        }
    }

    /** The client can take more. */
    private void writable() {
        if (ended) {
            connection.getSinkChannel().suspendWrites();
            return;
        }
        try {
            if (writer.goOn()) {
                if (closeSent) {
                    said();
                } else {
                    flush();
                }
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
    }

    /** Our close frame is on its way, behind everything else. */
    private void said() throws IOException {
        if (writer.isCongested()) {
            return;
        }
        if (closeReceived) {
            // the server closes first (RFC 6455, 7.1.1)
            connection.getSinkChannel().shutdownWrites();
            connection.getSinkChannel().flush();
            IoUtils.safeClose(connection);
            return;
        }
        if (discards) {
            // Bytes that nobody reads would turn the end into a reset, and the client would never see the code.
            connection.getSinkChannel().shutdownWrites();
            connection.getSinkChannel().flush();
        }
        suspended = false;
        connection.getSourceChannel().wakeupReads(); // else the answer would not be read
        limit(GOODBYE);
    }

    private void limit(long milliseconds) {
        forgetLimit();
        if (!ended) {
            deadline = loop.after(milliseconds, () -> IoUtils.safeClose(connection));
        }
    }

    private void forgetLimit() {
        if (deadline != null) {
            deadline.remove();
            deadline = null;
        }
    }

    // ---- the end

    /** The connection is closed, by whichever side. */
    private void ended() {
        if (ended) {
            return;
        }
        ended = true;
        closing = true;
        forgetLimit();
        writer.end();
        var queue = partings;
        partings = null;
        if (queue != null) {
            for (var parting : queue) {
                if (parting.done != null) {
                    parting.done.accept(new IOException("the connection is closed"));
                }
            }
        }
        source = null;
        if (inbound != null) {
            inbound.closed();
        }
    }
}
