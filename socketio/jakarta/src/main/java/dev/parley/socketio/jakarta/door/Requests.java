package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.EngineRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Servlet requests in the engine's terms. */
final class Requests {

    private Requests() {}

    static EngineRequest read(HttpServletRequest request) {
        var query = request.getQueryString();
        return new EngineRequest(
                request.getMethod().toUpperCase(Locale.ROOT),
                query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query,
                parameters(query),
                headers(request),
                request.getRemoteAddr(),
                request.isSecure());
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(Collections.list(request.getHeaders(name))));
        }
        return headers;
    }

    /** Of the query string only: asking the servlet request for a parameter may consume the body of a POST. */
    static Map<String, List<String>> parameters(@Nullable String query) {
        var parameters = new LinkedHashMap<String, List<String>>();
        if (query != null) {
            for (var pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                var name = decode(equals < 0 ? pair : pair.substring(0, equals));
                var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                parameters.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a stray percent sign means itself
        }
    }
}
