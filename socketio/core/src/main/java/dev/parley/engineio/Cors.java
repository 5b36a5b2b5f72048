package dev.parley.engineio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other origins read polling responses, by the headers that Node's {@code cors} package sends. It does not protect
 * WebSocket: refuse foreign origins by a {@link RequestCheck}.
 *
 * @param origins see {@link Origins}. {@code *} is sent as it is, which browsers do not accept when pages may send cookies; one origin is
 *     sent to all pages, and a foreign page's browser refuses; of several, and of regular expressions, the page's own is sent if it is one
 * @param credentials whether those pages may send cookies
 * @param methods of a preflight's answer
 * @param allowedHeaders of a preflight's answer; empty for what the browser asks for
 * @param exposedHeaders what a page may read besides the usual headers
 * @param maxAge how long browsers keep a preflight's answer; null for as long as they like
 */
public record Cors(
        Set<String> origins,
        boolean credentials,
        List<String> methods,
        List<String> allowedHeaders,
        List<String> exposedHeaders,
        @Nullable Duration maxAge) {

    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");

    public Cors {
        origins = Set.copyOf(origins);
        methods = List.copyOf(methods);
        allowedHeaders = List.copyOf(allowedHeaders);
        exposedHeaders = List.copyOf(exposedHeaders);
        var unused = Origins.of(origins); // says what is wrong with them now, not with the first request
    }

    /** With the package's defaults for the rest. */
    public Cors(Set<String> origins, boolean credentials) {
        this(origins, credentials, METHODS, List.of(), List.of(), null);
    }

    /** The headers of every response to that request. */
    Map<String, String> headers(EngineRequest request) {
        var headers = new LinkedHashMap<String, String>();
        var vary = new ArrayList<String>(2);
        origin(request, headers, vary);
        if (credentials) {
            headers.put("Access-Control-Allow-Credentials", "true");
        }
        if (request.method().equals("OPTIONS")) {
            preflight(request, headers, vary);
        }
        if (!exposedHeaders.isEmpty()) {
            headers.put("Access-Control-Expose-Headers", String.join(",", exposedHeaders));
        }
        if (!vary.isEmpty()) {
            headers.put("Vary", String.join(", ", vary));
        }
        return headers;
    }

    private void origin(EngineRequest request, Map<String, String> headers, List<String> vary) {
        if (origins.contains("*")) {
            headers.put("Access-Control-Allow-Origin", "*");
            return;
        }
        vary.add("Origin");
        if (isFixed()) {
            headers.put("Access-Control-Allow-Origin", origins.iterator().next());
        } else {
            request.header("origin")
                    .filter(Origins.of(origins)::allow)
                    .ifPresent(origin -> headers.put("Access-Control-Allow-Origin", origin));
        }
    }

    private boolean isFixed() {
        return origins.size() == 1 && !origins.iterator().next().startsWith("/");
    }

    private void preflight(EngineRequest request, Map<String, String> headers, List<String> vary) {
        headers.put("Access-Control-Allow-Methods", String.join(",", methods));
        if (allowedHeaders.isEmpty()) {
            vary.add("Access-Control-Request-Headers");
            request.header("access-control-request-headers")
                    .ifPresent(names -> headers.put("Access-Control-Allow-Headers", names));
        } else {
            headers.put("Access-Control-Allow-Headers", String.join(",", allowedHeaders));
        }
        if (maxAge != null) {
            headers.put("Access-Control-Max-Age", Long.toString(maxAge.toSeconds()));
        }
    }
}
