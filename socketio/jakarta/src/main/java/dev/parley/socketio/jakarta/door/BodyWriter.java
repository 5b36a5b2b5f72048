package dev.parley.socketio.jakarta.door;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Writes a body when the connection takes it, then ends the request. */
final class BodyWriter implements WriteListener {

    private final ServletOutputStream stream;
    private final byte[] body;
    private final AsyncContext async;
    private boolean written;

    BodyWriter(ServletOutputStream stream, byte[] body, AsyncContext async) {
        this.stream = stream;
        this.body = body;
        this.async = async;
    }

    @Override
    public void onWritePossible() {
        try {
            if (!written && stream.isReady()) {
                written = true;
                stream.write(body);
            }
            if (written && stream.isReady()) {
                complete();
            }
        } catch (IOException e) {
            // The client is gone. Undertow would close the connection and keep the request until its time is over.
            complete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        complete();
    }

    private void complete() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // It was completed by the container, or timed out.
        }
    }
}
