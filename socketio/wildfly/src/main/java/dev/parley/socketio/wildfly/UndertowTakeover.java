package dev.parley.socketio.wildfly;

import dev.parley.engineio.Admission;
import dev.parley.engineio.Engine;
import dev.parley.engineio.EngineRequest;
import dev.parley.socketio.jakarta.door.SocketTakeover;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/** Answers the handshake (RFC 6455, 4.2) and takes the connection from Undertow. HTTP/2 and AJP are left to the standard API. */
public final class UndertowTakeover implements SocketTakeover {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    // Fails here, when the service is loaded, if the deployment does not see Undertow.
    private final Class<HttpServerConnection> kind = HttpServerConnection.class;
    /** One for each IO thread; they end with the deployment, the threads do not. */
    private final Map<XnioIoThread, IoLoop> loops = new ConcurrentHashMap<>();

    @Override
    public boolean take(HttpServletRequest request, HttpServletResponse response, Admission admission, Engine engine) {
        var context = ServletRequestContext.current();
        if (context == null || engine.options().perMessageDeflate()) { // compression is Undertow's
            return false;
        }
        var exchange = context.getOriginalRequest().getExchange();
        var upgrade = admission.request();
        var key = upgrade.header("sec-websocket-key").orElse("").strip();
        if (!kind.isInstance(exchange.getConnection()) || !isHandshake(upgrade, key)) {
            return false;
        }
        response.setHeader("Upgrade", "WebSocket");
        response.setHeader("Sec-WebSocket-Accept", accept(key));
        exchange.upgradeChannel((connection, upgraded) -> take(connection, exchange, admission, engine));
        return true;
    }

    private void take(StreamConnection connection, HttpServerExchange exchange, Admission admission, Engine engine) {
        var thread = connection.getIoThread();
        var loop = loops.computeIfAbsent(thread, key -> new IoLoop(key, loops));
        boolean secure = exchange.isSecure();
        loop.execute(() -> {
            withoutTimeouts(connection);
            var socket =
                    new DirectSocket(loop, connection, secure, engine.options().maxHttpBufferSize());
            socket.start(engine.open(admission, socket));
        });
    }

    /** The listener's are meant for HTTP; of a WebSocket the heartbeat and the limit on writes know better. */
    private static void withoutTimeouts(StreamConnection connection) {
        try {
            connection.setOption(Options.READ_TIMEOUT, 0);
            connection.setOption(Options.WRITE_TIMEOUT, 0);
        } catch (IOException e) {
            // It is closed already, which the first read will notice.
        }
    }

    private static boolean isHandshake(EngineRequest request, String key) {
        return request.method().equals("GET")
                && request.header("sec-websocket-version").filter("13"::equals).isPresent()
                && request.header("connection")
                        .filter(value -> value.toLowerCase(Locale.ROOT).contains("upgrade"))
                        .isPresent()
                && isKey(key);
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String accept(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(digest.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
