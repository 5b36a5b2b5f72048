package dev.parley.socketio.jakarta.door;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Speaks plain HTTP and WebSocket to a door, as no polite client would. */
final class Peer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String root;

    Peer(int port, String path) {
        this.root = "127.0.0.1:" + port + path;
    }

    HttpResponse<String> get(String query, String... headers) {
        return send(request(query, headers).GET());
    }

    HttpResponse<String> post(String query, String body, String... headers) {
        return send(request(query, headers).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> method(String method, String query, String... headers) {
        return send(request(query, headers).method(method, BodyPublishers.noBody()));
    }

    CompletableFuture<HttpResponse<String>> getLater(String query) {
        return http.sendAsync(request(query).GET().build(), BodyHandlers.ofString());
    }

    /** Opens a polling session. */
    Polling polling() {
        var open = get("?EIO=4&transport=polling");
        return new Polling(sid(open.body()), open);
    }

    Frames webSocket(String query) {
        var frames = new Frames();
        try {
            frames.socket(http.newWebSocketBuilder()
                    .connectTimeout(PATIENCE)
                    .buildAsync(URI.create("ws://" + root + query), frames)
                    .get(20, TimeUnit.SECONDS));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return frames;
    }

    private HttpRequest.Builder request(String query, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create("http://" + root + query)).timeout(PATIENCE);
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

    static String sid(String handshake) {
        return handshake.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*$", "$1");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A session over polling. */
    final class Polling {

        private final String sid;
        private final HttpResponse<String> handshake;

        private Polling(String sid, HttpResponse<String> handshake) {
            this.sid = sid;
            this.handshake = handshake;
        }

        String sid() {
            return sid;
        }

        HttpResponse<String> handshake() {
            return handshake;
        }

        String query() {
            return "?EIO=4&transport=polling&sid=" + sid;
        }

        HttpResponse<String> poll() {
            return get(query());
        }

        CompletableFuture<HttpResponse<String>> pollLater() {
            return getLater(query());
        }

        HttpResponse<String> push(String payload) {
            return post(query(), payload, "Content-Type", "text/plain;charset=UTF-8");
        }

        Frames upgrade() {
            return webSocket("?EIO=4&transport=websocket&sid=" + sid);
        }
    }
}
