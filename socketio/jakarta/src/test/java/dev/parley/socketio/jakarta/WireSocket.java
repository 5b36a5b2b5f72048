package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket without any Engine.IO on top: frames as they are. */
final class WireSocket implements WebSocket.Listener, AutoCloseable {

    /** What {@link #next} gives when the server closed the connection. */
    static final String CLOSED = "closed";

    private static final long LIMIT_SECONDS = 5;

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private WireSocket(HttpClient http, URI server) {
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + server.getAuthority() + "/socket.io/?EIO=4&transport=websocket"), this)
                .join();
    }

    /** After Engine.IO's handshake, before any CONNECT. */
    static WireSocket open(HttpClient http, URI server) throws InterruptedException {
        WireSocket socket = new WireSocket(http, server);
        assertThat(socket.next()).asString().startsWith("0{\"sid\":");
        return socket;
    }

    /** After CONNECT to the sample's main namespace, its welcome heard. */
    static WireSocket connect(HttpClient http, URI server) throws InterruptedException {
        WireSocket socket = open(http, server);
        socket.send("40{\"name\":\"ada\"}");
        assertThat(socket.next()).asString().matches("40\\{\"sid\":\"[^\"]+\"\\}");
        assertThat(socket.next()).isEqualTo("42[\"welcome\",\"ada\"]");
        return socket;
    }

    WireSocket send(String frame) {
        socket.sendText(frame, true).join();
        return this;
    }

    WireSocket send(byte... frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).join();
        return this;
    }

    /** The next frame: a string, a list of bytes, or {@link #CLOSED}. */
    Object next() throws InterruptedException {
        Object frame = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(frame).as("a frame within %d s", LIMIT_SECONDS).isNotNull();
        return frame;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        received.add(bytes);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        received.add(CLOSED);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        received.add(CLOSED);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
