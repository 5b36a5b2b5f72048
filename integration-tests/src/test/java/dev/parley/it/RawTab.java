package dev.parley.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Socket.IO by hand over one WebSocket: says what no decent client would. */
final class RawTab implements AutoCloseable, WebSocket.Listener {

    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final CompletableFuture<JsonNode> session = new CompletableFuture<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    RawTab(Person person) {
        URI door = URI.create("ws://localhost:" + person.parley().port() + "/socket.io/?EIO=4&transport=websocket");
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(door, this)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        say("40" + Person.text(Map.of("token", person.token())));
        session.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /**
     * @param payload JSON, or not
     * @return the whole acknowledgement
     */
    JsonNode ask(String event, String payload) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        say("42" + id + "[\"" + event + "\"," + payload + "]");
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** One at a time: the socket refuses to be told two things at once. */
    private synchronized void say(String packet) {
        socket.sendText(packet, true).orTimeout(20, TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            String packet = part.toString();
            part.setLength(0);
            heard(packet);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void heard(String packet) {
        if (packet.equals("2")) {
            say("3");
        } else if (packet.startsWith("42[\"session\"")) {
            session.complete(json(packet.substring(2)).path(1));
        } else if (packet.startsWith("43")) {
            int from = packet.indexOf('[');
            CompletableFuture<JsonNode> answer = asked.remove(Integer.valueOf(packet.substring(2, from)));
            if (answer != null) {
                answer.complete(json(packet.substring(from)).path(0));
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return Person.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        end(status + " " + reason);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(error.toString());
    }

    private void end(String why) {
        closed.complete(why);
        asked.values().forEach(answer -> answer.completeExceptionally(new IOException("closed: " + why)));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
