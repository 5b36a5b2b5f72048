package dev.parley.socketio.conformance;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/**
 * A session over polling.
 *
 * @param handshake the body of the first response
 */
record Polling(Peer peer, String handshake) {

    String sid() {
        return Peer.sid(handshake);
    }

    String query() {
        return "?EIO=4&transport=polling&sid=" + sid();
    }

    HttpResponse<String> poll() {
        return peer.get(query());
    }

    CompletableFuture<HttpResponse<String>> pollLater() {
        return peer.getLater(query());
    }

    HttpResponse<String> push(String payload) {
        return peer.post(query(), payload, "Content-Type", "text/plain;charset=UTF-8");
    }

    Frames upgrade() {
        return peer.webSocket("?EIO=4&transport=websocket&sid=" + sid());
    }
}
