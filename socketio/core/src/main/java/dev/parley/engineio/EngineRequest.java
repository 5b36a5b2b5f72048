package dev.parley.engineio;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an HTTP request before its body is read.
 *
 * @param method in upper case
 * @param url path and query as the client sent them
 * @param query decoded parameters of the query string
 * @param headers names in lower case
 * @param address the peer's IP address
 */
public record EngineRequest(
        String method,
        String url,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String address,
        boolean secure) {

    private static final int FIELD = 32;

    public EngineRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** What it takes to keep it, about: its characters, and for each field what HTTP counts for it (RFC 9113, 6.5.2). */
    long size() {
        long size = url.length();
        for (var fields : List.of(headers, query)) {
            for (var field : fields.entrySet()) {
                for (var value : field.getValue()) {
                    size += FIELD;
                    if (fields == headers) { // parameters are in the URL
                        size += field.getKey().length() + value.length();
                    }
                }
            }
        }
        return size;
    }

    /** The first value of that query parameter. */
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of that header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }
}
