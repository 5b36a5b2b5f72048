package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.HttpExchange.Body;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Gathers a body up to a limit, as it arrives. */
final class BodyReader implements ReadListener {

    private static final int CHUNK = 8192;

    private final ServletInputStream stream;
    private final int limit;
    private final Consumer<Body> receiver;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private boolean done;

    BodyReader(ServletInputStream stream, int limit, Consumer<Body> receiver) {
        this.stream = stream;
        this.limit = limit;
        this.receiver = receiver;
    }

    @Override
    public void onDataAvailable() throws IOException {
        var chunk = new byte[CHUNK];
        while (!done && stream.isReady()) {
            int length = stream.read(chunk);
            if (length < 0) {
                return;
            }
            if (gathered.size() + length > limit) {
                finish(new Body.TooLarge());
                return;
            }
            gathered.write(chunk, 0, length);
        }
    }

    @Override
    public void onAllDataRead() {
        finish(new Body.Complete(gathered.toString(StandardCharsets.UTF_8)));
    }

    @Override
    public void onError(Throwable failure) {
        finish(new Body.Broken());
    }

    private void finish(Body body) {
        if (!done) {
            done = true;
            receiver.accept(body);
        }
    }
}
