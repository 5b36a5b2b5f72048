package dev.parley.engineio;

/**
 * A cookie that carries the session id, for load balancers that stick by cookie. Set by the handshake's response only; never
 * read by the engine.
 *
 * @param name its name, {@code io} in the reference server
 * @param secure whether browsers send it over TLS only
 */
public record SessionCookie(String name, String path, boolean secure) {

    public SessionCookie {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException("not a cookie's name: " + name);
        }
    }

    String header(String sid) {
        return name + "=" + sid + "; Path=" + path + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }
}
