package dev.parley.socketio.admin;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.ConnectionRefused;
import dev.parley.socketio.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Lets administrators in: by name and password, or by the session that an earlier login gave. */
final class Door {

    /** The page tests exactly this text. */
    private static final String INVALID = "invalid credentials";
    /** bcrypt knows no more, and what is longer is an attempt to keep us busy. */
    private static final int LONGEST_PASSWORD = 72;

    private final AdminOptions options;
    private final Attempts attempts;
    private final Sessions sessions;

    Door(AdminOptions options, Attempts attempts, Sessions sessions) {
        this.options = options;
        this.attempts = attempts;
        this.sessions = sessions;
    }

    /** The new session's id, empty for one that is there already. */
    Optional<String> admit(Socket socket) {
        JsonNode auth = socket.handshake().auth();
        String address = socket.handshake().address();
        if (!attempts.allowed(address)) {
            throw new ConnectionRefused("too many attempts", null);
        }
        if (auth.path("sessionId").isTextual()) {
            if (sessions.isKnown(auth.path("sessionId").textValue())) {
                return Optional.empty();
            }
        } else if (isRight(auth)) {
            attempts.succeeded(address);
            return Optional.of(sessions.begin());
        }
        attempts.failed(address);
        throw new ConnectionRefused(INVALID, null);
    }

    private boolean isRight(JsonNode auth) {
        byte[] username = auth.path("username").asText().getBytes(StandardCharsets.UTF_8);
        byte[] password = auth.path("password").asText().getBytes(StandardCharsets.UTF_8);
        if (password.length == 0 || password.length > LONGEST_PASSWORD) {
            return false;
        }
        // The hash is computed for a wrong name too: how long the answer takes must not tell which was wrong.
        boolean rightPassword =
                BCrypt.verifyer().verify(password, options.passwordHash().getBytes(StandardCharsets.US_ASCII)).verified;
        return MessageDigest.isEqual(username, options.username().getBytes(StandardCharsets.UTF_8)) && rightPassword;
    }
}
