package dev.parley.web.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Address;
import dev.parley.ratelimit.CoolDown;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.signin.Device;
import dev.parley.socketio.ConnectionRefused;
import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.Authenticator;
import dev.parley.web.token.TokenRefused;
import dev.parley.web.token.TokenVerifier;
import dev.parley.web.token.VerifiedToken;
import dev.parley.web.wire.Failures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets a socket in for the token in its {@code auth}, or says why not: the codes of the contract's section 2. */
@ApplicationScoped
class SocketAuthenticator implements Authenticator<Caller> {

    private static final Duration A_WHILE = Duration.ofSeconds(5);

    @Inject
    TokenVerifier tokens;

    @Inject
    RateLimiter limiter;

    @Inject
    CoolDown coolDown;

    @Inject
    Seats seats;

    /** The data of a refusal. */
    record Refusal(String code, @Nullable Long retryAfterMs) {}

    @Override
    public Class<Caller> identity() {
        return Caller.class;
    }

    @Override
    public Caller authenticate(Socket socket) {
        wait(limiter.take(Limit.HANDSHAKE, Address.network(socket.handshake().address())));
        VerifiedToken token = verified(socket);
        Caller caller = token.caller();
        wait(coolDown.left(caller.userId()));
        if (!seats.reserve(caller.userId(), socket.id())) {
            throw refused("There are too many connections of yours.", "too_many_connections", null);
        }
        socket.attribute(VerifiedToken.class, token);
        return caller;
    }

    private VerifiedToken verified(Socket socket) {
        JsonNode token = socket.handshake().auth().path("token");
        try {
            return tokens.verify(token.isMissingNode() || token.isNull() ? null : token.asText("?"), device(socket));
        } catch (TokenRefused refused) {
            throw refused(String.valueOf(refused.getMessage()), refused.reason().wire(), null);
        } catch (RuntimeException failed) {
            Problem problem = Failures.explain(failed, "CONNECT");
            Duration retryAfter =
                    problem.code() == Code.RATE_LIMITED ? problem.retryAfter().orElse(A_WHILE) : A_WHILE;
            throw refused("Nobody can be let in at the moment.", "unavailable", retryAfter);
        }
    }

    static Device device(Socket socket) {
        return Device.of(
                socket.handshake().header("user-agent").orElse(null),
                socket.handshake().address());
    }

    private static void wait(Duration time) {
        if (time.isPositive()) {
            throw refused("That was too often.", "rate_limited", time);
        }
    }

    private static ConnectionRefused refused(String message, String code, @Nullable Duration retryAfter) {
        return new ConnectionRefused(message, new Refusal(code, retryAfter == null ? null : retryAfter.toMillis()));
    }
}
