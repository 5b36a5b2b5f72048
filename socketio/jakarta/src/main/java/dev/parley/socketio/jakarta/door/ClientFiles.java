package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.HttpEncoding;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the built files of the stock browser client, where the jar that carries them is on the class path. A file's tag is the
 * client's version: browsers ask each time, and get the file once.
 */
final class ClientFiles {

    private static final Set<String> NAMES = Set.of(
            "socket.io.js",
            "socket.io.js.map",
            "socket.io.min.js",
            "socket.io.min.js.map",
            "socket.io.msgpack.min.js",
            "socket.io.msgpack.min.js.map",
            "socket.io.esm.min.js",
            "socket.io.esm.min.js.map");
    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");

    private final String tag;
    /** Each file as it is sent, by its name and packing: at most three times eight. */
    private final Map<Packed, byte[]> packed = new ConcurrentHashMap<>();

    private record Packed(String name, @Nullable HttpEncoding encoding) {}

    private ClientFiles(String version) {
        this.tag = "\"" + version + "\"";
    }

    /** Empty when the jar is not there. */
    static Optional<ClientFiles> find() {
        return read("package.json")
                .map(json -> VERSION.matcher(new String(json, StandardCharsets.UTF_8)))
                .filter(version -> version.find())
                .map(version -> new ClientFiles(version.group(1)));
    }

    /** Whether that path below the door's is one of the files and the request wants it. */
    boolean has(@Nullable String path, String method) {
        return path != null
                && path.length() > 1
                && NAMES.contains(path.substring(1))
                && (method.equals("GET") || method.equals("HEAD"));
    }

    void serve(String path, EngineRequest request, HttpServletResponse response) throws IOException {
        var known = request.header("if-none-match").orElse("");
        if (known.equals(tag) || known.equals("W/" + tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        var name = path.substring(1);
        var encoding = HttpEncoding.accepted(request).orElse(null);
        var body = body(new Packed(name, encoding));
        response.setHeader("Cache-Control", "public, max-age=0");
        response.setHeader(
                "Content-Type",
                (name.endsWith(".map") ? "application/json" : "application/javascript") + "; charset=utf-8");
        response.setHeader("ETag", tag);
        response.addHeader("Vary", "Accept-Encoding");
        if (encoding != null) {
            response.setHeader("Content-Encoding", encoding.text());
        }
        response.setContentLength(body.length);
        if (!request.method().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    private byte[] body(Packed file) {
        return packed.computeIfAbsent(file, key -> {
            var plain = read(key.name).orElseThrow();
            return key.encoding == null ? plain : key.encoding.encode(plain);
        });
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream in =
                ClientFiles.class.getClassLoader().getResourceAsStream("META-INF/socket.io-client/" + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
