package dev.parley.socketio.jakarta.door;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.Consumer;

/** Writes a body when the connection takes it, then ends the request. */
final class BodyWriter implements WriteListener {

    private final ServletOutputStream stream;
    private final byte[] body;
    private final Consumer<Boolean> end;
    private boolean written;

    /** @param end is told whether all of it was written */
    BodyWriter(ServletOutputStream stream, byte[] body, Consumer<Boolean> end) {
        this.stream = stream;
        this.body = body;
        this.end = end;
    }

    @Override
    public void onWritePossible() {
        try {
            if (!written && stream.isReady()) {
                written = true;
                stream.write(body);
            }
            if (written && stream.isReady()) {
                end.accept(true);
            }
        } catch (IOException e) {
            // The client is gone. Undertow would close the connection and keep the request until its time is over.
            end.accept(false);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.accept(false);
    }
}
