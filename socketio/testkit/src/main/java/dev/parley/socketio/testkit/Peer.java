package dev.parley.socketio.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Speaks plain HTTP and WebSocket to a server, as no polite client would: raw requests, raw frames. Every wait is bounded. */
public final class Peer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI root;

    /** @param path of the server, {@code /socket.io/} */
    public Peer(int port, String path) {
        this(URI.create("http://127.0.0.1:" + port), path);
    }

    /** Speaks to the Engine.IO path of a server, {@code /socket.io/} for example. */
    public Peer(URI server, String path) {
        this.root = server.resolve(path);
    }

    /** @param query begins with a question mark */
    public HttpResponse<String> get(String query, String... headers) {
        return send(request(query, headers).GET());
    }

    /** Sends a POST and waits for the response; headers are names and values by turns. */
    public HttpResponse<String> post(String query, String body, String... headers) {
        return send(request(query, headers).POST(BodyPublishers.ofString(body)));
    }

    /** Without a body. */
    public HttpResponse<String> method(String method, String query, String... headers) {
        return send(request(query, headers).method(method, BodyPublishers.noBody()));
    }

    /** The server's port. */
    public int port() {
        return root.getPort();
    }

    /** Of the server, as it was given. */
    public String path() {
        return root.getPath();
    }

    /** Sends a GET whose response comes when the server has something to say. */
    public CompletableFuture<HttpResponse<String>> getLater(String query, String... headers) {
        return http.sendAsync(request(query, headers).GET().build(), BodyHandlers.ofString());
    }

    /** Opens a polling session. */
    public Polling polling(String... headers) {
        return polling(get("?EIO=4&transport=polling", headers), headers);
    }

    /** The session that was opened by that response. */
    public Polling polling(HttpResponse<String> open, String... headers) {
        return new Polling(sid(open.body()), open, headers);
    }

    /** Opens a WebSocket session, its handshake taken. */
    public Frames webSocket() {
        var frames = webSocket("?EIO=4&transport=websocket");
        frames.next();
        return frames;
    }

    /** @throws IllegalStateException when the server refuses it */
    public Frames webSocket(String query, String... headers) {
        try {
            return upgrade(query, headers);
        } catch (WebSocketHandshakeException e) {
            throw new IllegalStateException(
                    "refused with status " + e.getResponse().statusCode(), e);
        }
    }

    /**
     * How a WebSocket comes to its end that the server does not want.
     *
     * @return the HTTP status that refuses it, or the code that closes it
     * @throws java.util.concurrent.CompletionException when it goes on for ten seconds
     */
    public int end(String query, String... headers) {
        try {
            return upgrade(query, headers).closeCode();
        } catch (WebSocketHandshakeException e) {
            return e.getResponse().statusCode();
        }
    }

    private Frames upgrade(String query, String... headers) throws WebSocketHandshakeException {
        var frames = new Frames();
        var builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        try {
            frames.socket(builder.buildAsync(URI.create("ws" + root.toString().substring(4) + query), frames)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            return frames;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String query, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(root + query)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The session's id in the open packet. */
    public static String sid(String handshake) {
        return handshake.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*$", "$1");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A session over polling. */
    public final class Polling {

        private final String sid;
        private final HttpResponse<String> handshake;
        private final String[] headers;

        private Polling(String sid, HttpResponse<String> handshake, String... headers) {
            this.sid = sid;
            this.handshake = handshake;
            this.headers = headers;
        }

        /** The id of the session. */
        public String sid() {
            return sid;
        }

        /** The response to the handshake. */
        public HttpResponse<String> handshake() {
            return handshake;
        }

        /** The query of each further request of the session. */
        public String query() {
            return "?EIO=4&transport=polling&sid=" + sid;
        }

        /** Sends a GET of the session and waits for the response, its payload. */
        public HttpResponse<String> poll() {
            return get(query(), headers);
        }

        /** Sends a GET of the session; the response comes when there is something to say. */
        public CompletableFuture<HttpResponse<String>> pollLater() {
            return getLater(query(), headers);
        }

        /** Sends a POST of the session and waits for the response, {@code ok} mostly. */
        public HttpResponse<String> push(String payload) {
            var all = java.util.Arrays.copyOf(headers, headers.length + 2);
            all[headers.length] = "Content-Type";
            all[headers.length + 1] = "text/plain;charset=UTF-8";
            return post(query(), payload, all);
        }

        /** A WebSocket for this session: what follows is {@code 2probe}. */
        public Frames upgrade() {
            return webSocket("?EIO=4&transport=websocket&sid=" + sid, headers);
        }
    }
}
