package dev.parley.engineio;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An engine with a manual clock whose sessions write down what they hear. */
final class TestBench {

    final ManualScheduler time = new ManualScheduler();
    final Timers timers = time.timers();
    final List<Session> sessions = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    final Engine engine;

    TestBench(EngineOptions.Builder options) {
        engine = another(options);
    }

    /** With the short times of protocol suites: a ping after 300 ms, a pong within 200 ms. */
    static TestBench hasty() {
        return new TestBench(
                EngineOptions.builder().pingInterval(Duration.ofMillis(300)).pingTimeout(Duration.ofMillis(200)));
    }

    /** An engine by the same clock that writes into the same lists. */
    Engine another(EngineOptions.Builder options) {
        return new Engine(options.build(), timers, Runnable::run, session -> {
            sessions.add(session);
            return new Recorder();
        });
    }

    /** A request with these headers, name and value by turns. */
    static EngineRequest request(String method, String query, String... headers) {
        var named = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < headers.length; i += 2) {
            named.put(headers[i], List.of(headers[i + 1]));
        }
        var parameters = new LinkedHashMap<String, List<String>>();
        for (var pair : query.split("&", -1)) {
            var parts = pair.split("=", 2);
            parameters.put(parts[0], List.of(parts[1]));
        }
        return new EngineRequest(method, "/engine.io/?" + query, parameters, named, "10.0.0.1", false);
    }

    static EngineRequest from(String address) {
        var known = request("GET", "EIO=4&transport=polling");
        return new EngineRequest(known.method(), known.url(), known.query(), Map.of(), address, false);
    }

    EngineResponse get(String query, String... headers) {
        return serve(request("GET", "EIO=4&transport=polling" + query, headers));
    }

    EngineResponse serve(EngineRequest request) {
        var exchange = new FakeExchange(request, new HttpExchange.Body.Complete(""));
        engine.handle(exchange);
        return exchange.response();
    }

    EngineResponse post(String query, String body) {
        var exchange = new FakeExchange(
                request("POST", "EIO=4&transport=polling" + query), new HttpExchange.Body.Complete(body));
        engine.handle(exchange);
        return exchange.response();
    }

    private final class Recorder implements SessionListener {

        @Override
        public void text(String message) {
            heard.add(message);
        }

        @Override
        public void binary(ByteBuffer message) {
            heard.add("binary " + message.remaining());
        }

        @Override
        public void closed(CloseReason reason) {
            heard.add("closed " + reason);
        }
    }
}
