package dev.parley.engineio;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param contentType null when there is no body
 * @param body sent as UTF-8
 * @param encoding how the body is packed; null when it is not
 */
public record EngineResponse(
        int status,
        @Nullable String contentType,
        Map<String, String> headers,
        String body,
        @Nullable HttpEncoding encoding) {

    private static final Map<String, String> NO_STORE = Map.of("cache-control", "no-store");

    public EngineResponse {
        headers = Map.copyOf(headers);
    }

    static EngineResponse payload(String payload, @Nullable HttpEncoding encoding) {
        return new EngineResponse(200, "text/plain; charset=UTF-8", NO_STORE, payload, encoding);
    }

    static EngineResponse ok() {
        return new EngineResponse(200, "text/html", NO_STORE, "ok", null);
    }

    static EngineResponse empty(int status) {
        return new EngineResponse(status, null, Map.of(), "", null);
    }

    static EngineResponse of(Refusal refusal) {
        return new EngineResponse(refusal.status(), "application/json", Map.of(), refusal.json(), null);
    }

    /** The body as it is sent; packs it now, which takes a while for a long one. */
    public byte[] bytes() {
        var plain = body.getBytes(StandardCharsets.UTF_8);
        return encoding == null ? plain : encoding.encode(plain);
    }

    /** All headers but those of type and length. */
    public Map<String, String> allHeaders() {
        return encoding == null ? headers : with(Map.of("Content-Encoding", encoding.text())).headers;
    }

    EngineResponse unpacked() {
        return new EngineResponse(status, contentType, headers, body, null);
    }

    EngineResponse with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new EngineResponse(status, contentType, all, body, encoding);
    }
}
