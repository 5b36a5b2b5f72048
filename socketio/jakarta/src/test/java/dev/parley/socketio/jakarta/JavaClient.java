package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The stock Java client, with what it heard in queues, so that tests can wait for it. */
final class JavaClient implements AutoCloseable {

    static final long LIMIT_SECONDS = 10;

    final Socket socket;
    private final Map<String, BlockingQueue<List<Object>>> heard = new ConcurrentHashMap<>();

    /** @param name null for a client that does not say who it is */
    JavaClient(URI server, String mode, String name, String... events) {
        IO.Options options = new IO.Options();
        options.transports = mode.equals("upgrade") ? new String[] {Polling.NAME, WebSocket.NAME} : new String[] {mode};
        options.forceNew = true;
        options.reconnectionDelay = 50;
        options.reconnectionDelayMax = 100;
        options.auth = name == null ? Map.of() : Map.of("name", name);
        socket = IO.socket(server, options);
        listen(Socket.EVENT_CONNECT, Socket.EVENT_CONNECT_ERROR, Socket.EVENT_DISCONNECT);
        listen(events);
    }

    JavaClient connect() throws InterruptedException {
        socket.connect();
        return this;
    }

    /** The arguments of the next such event. */
    List<Object> next(String event) throws InterruptedException {
        List<Object> arguments = heard.get(event).poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(arguments).as("%s within %d s", event, LIMIT_SECONDS).isNotNull();
        return arguments;
    }

    boolean heardNothing(String event) {
        return heard.get(event).isEmpty();
    }

    List<Object> ask(String event, Object... arguments) throws Exception {
        CompletableFuture<List<Object>> answer = new CompletableFuture<>();
        socket.emit(event, arguments, (Ack) values -> answer.complete(Arrays.asList(values)));
        return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.disconnect();
    }

    private void listen(String... events) {
        for (String event : events) {
            BlockingQueue<List<Object>> queue = new LinkedBlockingQueue<>();
            heard.put(event, queue);
            socket.on(event, values -> queue.add(Arrays.asList(values)));
        }
    }
}
