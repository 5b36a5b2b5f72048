package dev.parley.socketio.wildfly;

import dev.parley.socketio.jakarta.door.ClientWatch;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Reads on while a request waits, which Undertow does not, since only a read shows that the other side has closed. A request that was
 * sent behind this one is given back to Undertow, which takes it when this one is answered. Undertow sets its own listener again when
 * a request is complete.
 */
final class WaitingClient implements ClientWatch.Client, ChannelListener<ConduitStreamSourceChannel> {

    private static final System.Logger LOG = System.getLogger(WaitingClient.class.getName());

    private enum State {
        NEW,
        WATCHED,
        LEFT
    }

    private final HttpServerConnection connection;
    /** Guards the connection's reading side against the thread that answers. */
    private final Object lock = new Object();

    private State state = State.NEW;
    private @Nullable Runnable gone;

    WaitingClient(HttpServerConnection connection) {
        this.connection = connection;
    }

    @Override
    public void watch(Runnable task) {
        synchronized (lock) {
            if (state == State.NEW) {
                state = State.WATCHED;
                gone = task;
                var channel = connection.getChannel().getSourceChannel();
                channel.setReadListener(this);
                channel.resumeReads();
            }
        }
    }

    @Override
    public void leave() {
        synchronized (lock) {
            if (state == State.WATCHED) {
                connection.getChannel().getSourceChannel().suspendReads();
            }
            state = State.LEFT;
        }
    }

    @Override
    public void handleEvent(ConduitStreamSourceChannel channel) {
        if (seesEnd(channel) && gone != null) {
            gone.run();
        }
    }

    private boolean seesEnd(ConduitStreamSourceChannel channel) {
        synchronized (lock) {
            if (state != State.WATCHED) {
                return false; // and the channel is Undertow's again
            }
            int length = read(channel);
            if (length != 0) {
                leave();
            }
            return length < 0;
        }
    }

    private int read(ConduitStreamSourceChannel channel) {
        PooledByteBuffer pooled;
        try {
            pooled = connection.getByteBufferPool().allocate();
        } catch (IllegalStateException e) {
            return -1; // the server is stopping
        }
        int length = -1;
        try {
            length = channel.read(pooled.getBuffer());
        } catch (IOException e) {
            LOG.log(Level.TRACE, "a client went away", e);
        } finally {
            if (length <= 0) {
                pooled.close();
            }
        }
        if (length > 0) {
            pooled.getBuffer().flip();
            connection.ungetRequestBytes(pooled);
        }
        return length;
    }
}
