package dev.parley.engineio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param contentType null when there is no body
 * @param body sent as UTF-8
 */
public record EngineResponse(int status, @Nullable String contentType, Map<String, String> headers, String body) {

    private static final String NO_STORE = "no-store";

    public EngineResponse {
        headers = Map.copyOf(headers);
    }

    static EngineResponse payload(String payload) {
        return new EngineResponse(200, "text/plain; charset=UTF-8", Map.of("cache-control", NO_STORE), payload);
    }

    static EngineResponse ok() {
        return new EngineResponse(200, "text/html", Map.of("cache-control", NO_STORE), "ok");
    }

    static EngineResponse empty(int status) {
        return new EngineResponse(status, null, Map.of(), "");
    }

    static EngineResponse of(Refusal refusal) {
        return new EngineResponse(refusal.status(), "application/json", Map.of(), refusal.json());
    }

    EngineResponse with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new EngineResponse(status, contentType, all, body);
    }
}
