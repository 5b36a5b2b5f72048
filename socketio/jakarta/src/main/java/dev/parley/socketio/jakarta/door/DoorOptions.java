package dev.parley.socketio.jakarta.door;

import java.util.Set;

/**
 * Where the door is and whom it opens to.
 *
 * @param path below the context path, such as {@code /socket.io/}; one that does not end with a slash is served with and without it, as
 *     the reference server does when its {@code addTrailingSlash} is false
 * @param origins whose pages may open WebSockets besides the own one's, as browsers send them ({@code https://app.example}); {@code *}
 *     allows all. A request without an {@code Origin} header is no page's and is let in.
 * @param polling whether those origins hold for polling too. If not, polling is served to anybody, as by the reference server: browsers
 *     let no page read an answer that CORS does not grant it, but do let it write and load scripts (JSONP), with its visitor's cookies.
 * @param standardWebSocket whether WebSockets go through the Jakarta WebSocket API even where there is a {@link SocketTakeover}
 */
public record DoorOptions(String path, Set<String> origins, boolean polling, boolean standardWebSocket) {

    public DoorOptions {
        if (!path.startsWith("/") || path.endsWith("//") || path.contains("*") || path.length() < 3) {
            throw new IllegalArgumentException("path must look like /socket.io/, not " + path);
        }
        origins = Set.copyOf(origins);
    }

    /** With the defaults for the rest. */
    public DoorOptions(String path, Set<String> origins) {
        this(path, origins, false, false);
    }

    /** The path with a slash at its end. */
    String folder() {
        return path.endsWith("/") ? path : path + "/";
    }

    /** The path {@code /socket.io/}, pages of the own origin only. */
    public static DoorOptions defaults() {
        return new DoorOptions("/socket.io/", Set.of());
    }
}
