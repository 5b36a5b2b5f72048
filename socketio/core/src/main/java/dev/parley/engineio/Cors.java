package dev.parley.engineio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets pages of other origins read polling responses. It does not protect WebSocket: refuse foreign origins by a
 * {@link RequestCheck}.
 *
 * @param origins as browsers send them, such as {@code https://app.example}; {@code *} stands for all
 * @param credentials whether those pages may send cookies
 */
public record Cors(Set<String> origins, boolean credentials) {

    private static final String METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE";

    public Cors {
        origins = Set.copyOf(origins);
    }

    /** The headers of every response to that request. */
    Map<String, String> headers(EngineRequest request) {
        var headers = new java.util.LinkedHashMap<String, String>();
        request.header("origin").filter(this::allows).ifPresent(origin -> {
            headers.put("Access-Control-Allow-Origin", anyWithoutCredentials() ? "*" : origin);
            if (credentials) {
                headers.put("Access-Control-Allow-Credentials", "true");
            }
        });
        var vary = new ArrayList<String>();
        if (!anyWithoutCredentials()) {
            vary.add("Origin");
        }
        if (request.method().equals("OPTIONS")) {
            vary.add("Access-Control-Request-Headers");
            headers.put("Access-Control-Allow-Methods", METHODS);
            request.header("access-control-request-headers")
                    .ifPresent(names -> headers.put("Access-Control-Allow-Headers", names));
        }
        if (!vary.isEmpty()) {
            headers.put("Vary", String.join(", ", List.copyOf(vary)));
        }
        return headers;
    }

    private boolean anyWithoutCredentials() {
        return origins.contains("*") && !credentials;
    }

    private boolean allows(String origin) {
        return origins.contains("*") || origins.contains(origin);
    }
}
