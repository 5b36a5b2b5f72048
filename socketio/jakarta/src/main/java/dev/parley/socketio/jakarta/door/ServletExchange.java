package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.EngineResponse;
import dev.parley.engineio.HttpExchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An asynchronous servlet request; reads and writes without blocking. */
final class ServletExchange implements HttpExchange {

    private static final Duration SLACK = Duration.ofSeconds(60);

    private final EngineRequest request;
    private final AsyncContext async;
    private final HttpServletRequest input;
    private final HttpServletResponse output;
    private final AtomicBoolean responded = new AtomicBoolean();
    private final AtomicReference<@Nullable ResponseEnd> end = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> gone = new AtomicReference<>();
    private final ClientWatch.Client client;
    private volatile boolean written;
    private volatile boolean completed;

    /** @param longestWait until the session answers; the request ends unanswered a while after it */
    ServletExchange(
            EngineRequest request,
            HttpServletRequest input,
            HttpServletResponse output,
            ClientWatch watch,
            Duration longestWait) {
        this.request = request;
        this.input = input;
        this.output = output;
        this.client = watch.client(input, longestWait);
        this.async = input.startAsync(input, output);
        async.setTimeout(longestWait.plus(SLACK).toMillis());
        async.addListener(new Deadline());
    }

    @Override
    public EngineRequest request() {
        return request;
    }

    @Override
    public void readBody(int limit, Consumer<Body> receiver) {
        if (input.getContentLengthLong() > limit) {
            receiver.accept(new Body.TooLarge());
            return;
        }
        try {
            var stream = input.getInputStream();
            int length = input.getContentLength();
            if (length >= 0 && length <= limit && stream.available() >= length) {
                // It came with the head, as small ones do: waiting for it would take another thread, and that costs
                // more than the rest.
                var body = stream.readNBytes(length);
                receiver.accept(
                        body.length < length
                                ? new Body.Broken()
                                : new Body.Complete(new String(body, StandardCharsets.UTF_8)));
                return;
            }
            stream.setReadListener(new BodyReader(stream, limit, receiver));
        } catch (IOException | IllegalStateException e) {
            receiver.accept(new Body.Broken());
        }
    }

    @Override
    public void respond(EngineResponse response) {
        respond(response, whole -> {});
    }

    @Override
    public void whenGone(Runnable task) {
        gone.set(task);
        if (completed) {
            gone();
        } else {
            client.watch(this::gone);
        }
    }

    private void gone() {
        var task = gone.getAndSet(null);
        if (task != null && !responded.get()) {
            task.run();
        }
    }

    @Override
    public void respond(EngineResponse response, ResponseEnd whenEnded) {
        if (!responded.compareAndSet(false, true)) {
            whenEnded.ended(false);
            return;
        }
        client.leave();
        gone.set(null);
        end.set(whenEnded);
        if (completed) {
            ended();
            return;
        }
        try {
            var body = response.bytes();
            output.setStatus(response.status());
            response.allHeaders().forEach(output::setHeader);
            output.setContentLength(body.length);
            var type = response.contentType();
            if (type != null) {
                output.setHeader("Content-Type", type);
            }
            if (body.length == 0) {
                complete(true);
            } else {
                var stream = output.getOutputStream();
                stream.setWriteListener(new BodyWriter(stream, body, this::complete));
            }
        } catch (IOException | IllegalStateException e) {
            // The client is gone, or the request timed out just now: there is nobody to answer.
            complete(false);
            ended();
        }
    }

    private void ended() {
        var task = end.getAndSet(null);
        if (task != null) {
            task.ended(written);
        }
    }

    /** @param whole the response was written */
    private void complete(boolean whole) {
        written = whole;
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // It was completed by the container.
        }
    }

    /** Ends a request that nobody answered. */
    private final class Deadline implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            giveUp();
        }

        @Override
        public void onError(AsyncEvent event) {
            giveUp();
        }

        private void giveUp() {
            client.leave();
            gone();
            responded.set(true);
            complete(false);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            client.leave();
            completed = true;
            gone();
            responded.set(true);
            ended();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Not done here.
        }
    }
}
