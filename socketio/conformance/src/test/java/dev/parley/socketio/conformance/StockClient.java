package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.json.JSONObject;

/** io.socket:socket.io-client, with what it heard in queues. Every wait is bounded. */
final class StockClient implements AutoCloseable {

    private static final int LIMIT_SECONDS = 20;

    private final Socket socket;
    private final CountDownLatch upgraded = new CountDownLatch(1);
    private final Map<String, BlockingQueue<List<Object>>> heard = new ConcurrentHashMap<>();

    enum Mode {
        POLLING,
        WEBSOCKET,
        UPGRADE;

        private String[] transports() {
            return switch (this) {
                case POLLING -> new String[] {Polling.NAME};
                case WEBSOCKET -> new String[] {WebSocket.NAME};
                case UPGRADE -> new String[] {Polling.NAME, WebSocket.NAME};
            };
        }
    }

    StockClient(String url, Mode mode, Map<String, String> auth, String... events) {
        this(url, mode, auth, new OkHttpClient(), "/socket.io/", events);
    }

    /** @param path of the server */
    StockClient(String url, Mode mode, Map<String, String> auth, OkHttpClient http, String path, String... events) {
        var options = new IO.Options();
        options.path = path;
        options.transports = mode.transports();
        options.forceNew = true;
        options.auth = auth;
        options.callFactory = http;
        options.webSocketFactory = (request, listener) -> watched(http.newWebSocket(request, listener));
        socket = IO.socket(URI.create(url), options);
        listen(Socket.EVENT_CONNECT, Socket.EVENT_CONNECT_ERROR);
        listen(events);
    }

    private void listen(String... events) {
        for (var event : events) {
            var queue = new LinkedBlockingQueue<List<Object>>();
            heard.put(event, queue);
            socket.on(event, values -> queue.add(Arrays.asList(values)));
        }
    }

    void connect() throws InterruptedException {
        socket.connect();
        next(Socket.EVENT_CONNECT);
    }

    /** Waits until it has left polling. */
    void awaitUpgrade() throws InterruptedException {
        assertThat(upgraded.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("upgraded")
                .isTrue();
    }

    /** Notices the packet by which a client leaves polling; the library does not tell. */
    private okhttp3.WebSocket watched(okhttp3.WebSocket line) {
        return (okhttp3.WebSocket) Proxy.newProxyInstance(
                StockClient.class.getClassLoader(),
                new Class<?>[] {okhttp3.WebSocket.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("send") && arguments[0].equals("5")) {
                        upgraded.countDown();
                    }
                    return method.invoke(line, arguments);
                });
    }

    /** The message with which the server refuses to let it in. */
    String refusal() throws Exception {
        socket.connect();
        return ((JSONObject) next(Socket.EVENT_CONNECT_ERROR).getFirst()).getString("message");
    }

    /** The arguments of the next such event. */
    List<Object> next(String event) throws InterruptedException {
        var arguments = Objects.requireNonNull(heard.get(event)).poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(arguments).as("%s within %d s", event, LIMIT_SECONDS).isNotNull();
        return arguments;
    }

    void emit(String event, Object... arguments) {
        socket.emit(event, arguments);
    }

    List<Object> ask(String event, Object... arguments) throws Exception {
        var answer = new CompletableFuture<List<Object>>();
        socket.emit(event, arguments, (Ack) values -> answer.complete(Arrays.asList(values)));
        return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
