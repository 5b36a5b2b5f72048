package dev.parley.socketio.robustness;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the buffers that a container has not given back. */
final class CountingPool implements ByteBufferPool {

    private static final int SIZE = 8192;

    private final ByteBufferPool pool = new DefaultByteBufferPool(true, SIZE);
    private final AtomicInteger out;

    CountingPool() {
        this(new AtomicInteger());
    }

    private CountingPool(AtomicInteger out) {
        this.out = out;
    }

    int out() {
        return out.get();
    }

    @Override
    public PooledByteBuffer allocate() {
        out.incrementAndGet();
        return new Counted(pool.allocate());
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return this;
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public int getBufferSize() {
        return SIZE;
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    private final class Counted implements PooledByteBuffer {

        private final PooledByteBuffer buffer;
        private final AtomicBoolean closed = new AtomicBoolean();

        Counted(PooledByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public ByteBuffer getBuffer() {
            return buffer.getBuffer();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                out.decrementAndGet();
                buffer.close();
            }
        }

        @Override
        public boolean isOpen() {
            return buffer.isOpen();
        }
    }
}
