package dev.parley.engineio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The responses to polling requests that are served, in the form that each request wants. */
final class PollingAnswers {

    private final EngineOptions options;
    private final Hooks hooks;

    PollingAnswers(EngineOptions options, Hooks hooks) {
        this.options = options;
        this.hooks = hooks;
    }

    EngineResponse payload(EngineRequest request, String sid, String payload, boolean compressible) {
        var body = Jsonp.script(request, payload).orElse(payload);
        var response = EngineResponse.payload(body, compressible ? encoding(request, body) : null);
        return response.with(headers(request, sid, response.headers()));
    }

    EngineResponse ok(EngineRequest request, String sid) {
        var response = EngineResponse.ok();
        return response.with(headers(request, sid, response.headers()));
    }

    private @Nullable HttpEncoding encoding(EngineRequest request, String body) {
        int threshold = options.httpCompression();
        boolean isLong = threshold >= 0 && (body.length() >= threshold || Utf8.length(body) >= threshold);
        return isLong ? HttpEncoding.accepted(request).orElse(null) : null;
    }

    private Map<String, String> headers(EngineRequest request, String sid, Map<String, String> usual) {
        var headers = new LinkedHashMap<>(usual);
        if (isExplorer(request)) { // its filter against cross-site scripting would take payloads for scripts
            headers.put("X-XSS-Protection", "0");
        }
        if (request.parameter("sid").isEmpty()) {
            var cookie = options.cookie();
            if (cookie != null) {
                headers.put("Set-Cookie", cookie.header(sid));
            }
        }
        hooks.headers(request, headers);
        return headers;
    }

    private static boolean isExplorer(EngineRequest request) {
        return request.header("user-agent")
                .filter(agent -> agent.contains(";MSIE") || agent.contains("Trident/"))
                .isPresent();
    }
}
