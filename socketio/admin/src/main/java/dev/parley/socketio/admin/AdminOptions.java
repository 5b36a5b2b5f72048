package dev.parley.socketio.admin;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the admin namespace behaves.
 *
 * @param username who may log in
 * @param passwordHash of the password, by bcrypt: {@code $2a$}, {@code $2b$} or {@code $2y$}, never the password itself
 * @param namespace {@code /admin}
 * @param mode what is shown
 * @param readOnly whether administrators may only look
 * @param serverId how the page calls this server
 * @param headers names of request headers whose values are shown, in lower case; all others are shown without
 */
public record AdminOptions(
        String username,
        String passwordHash,
        String namespace,
        Mode mode,
        boolean readOnly,
        String serverId,
        Set<String> headers) {

    /** Headers that say what a client is, and not who: no cookies, tokens or referring pages. */
    public static final Set<String> USUAL_HEADERS = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "connection",
            "host",
            "origin",
            "sec-websocket-extensions",
            "sec-websocket-version",
            "upgrade",
            "user-agent");

    /** How much is shown. */
    public enum Mode {
        /** Each socket, room and event, as it happens. */
        DEVELOPMENT,
        /** Sums only, which costs little whatever the number of clients. */
        PRODUCTION
    }

    public AdminOptions {
        if (username.isBlank()) {
            throw new IllegalArgumentException("username is blank");
        }
        if (!passwordHash.matches("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}")) {
            throw new IllegalArgumentException(
                    "password must be a bcrypt hash, such as `htpasswd -nBC 10 ''` prints one");
        }
        if (!namespace.startsWith("/") || namespace.length() < 2) {
            throw new IllegalArgumentException("namespace must look like /admin, not " + namespace);
        }
        headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Everything is shown and allowed. */
    public static AdminOptions of(String username, String passwordHash) {
        return new AdminOptions(username, passwordHash, "/admin", Mode.DEVELOPMENT, false, Host.name(), USUAL_HEADERS);
    }

    /** The same with that mode. */
    public AdminOptions with(Mode other) {
        return new AdminOptions(username, passwordHash, namespace, other, readOnly, serverId, headers);
    }

    /** The same for a page that looks and changes nothing. */
    public AdminOptions lookingOnly() {
        return new AdminOptions(username, passwordHash, namespace, mode, true, serverId, headers);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "AdminOptions[" + username + " at " + namespace + ", " + mode + (readOnly ? ", read-only" : "") + "]";
    }
}
