package dev.parley.socketio.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Speaks HTTP and WebSocket to one mount, politely or not. Every wait is bounded. */
final class Peer {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final int port;
    private final String path;

    Peer(int port, String path) {
        this.port = port;
        this.path = path;
    }

    int port() {
        return port;
    }

    String path() {
        return path;
    }

    HttpResponse<String> get(String query, String... headers) {
        return method("GET", query, "", headers);
    }

    HttpResponse<String> post(String query, String body, String... headers) {
        return method("POST", query, body, headers);
    }

    HttpResponse<String> method(String method, String query, String body, String... headers) {
        try {
            return HTTP.send(request(method, query, body, headers), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + query + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<HttpResponse<String>> getLater(String query) {
        return HTTP.sendAsync(request("GET", query, ""), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String query, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + query))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    /** Opens a polling session. */
    Polling polling() {
        return new Polling(this, get("?EIO=4&transport=polling").body());
    }

    /** Opens a WebSocket and takes what it gets. */
    Frames webSocket(String query) {
        try {
            return tryWebSocket(query).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("no WebSocket at " + path + query, e);
        }
    }

    CompletableFuture<Frames> tryWebSocket(String query) {
        var frames = new Frames();
        return HTTP.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + path + query), frames)
                .thenApply(frames::on);
    }

    /** A WebSocket session whose open packet has come. */
    Frames open() {
        var frames = webSocket("?EIO=4&transport=websocket");
        frames.next();
        return frames;
    }

    /** A Socket.IO client of the main namespace, past its greeting; it answers pings by itself. */
    Frames joined() {
        var frames = open().answeringPings();
        frames.send("40");
        frames.next();
        frames.next();
        return frames;
    }

    /** Whether a WebSocket at that query ends, refused before or closed after the upgrade. */
    boolean ends(String query) {
        try {
            tryWebSocket(query)
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join()
                    .closeCode();
            return true;
        } catch (CompletionException refused) {
            return true;
        }
    }

    static String sid(String handshake) {
        return handshake.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*$", "$1");
    }
}
