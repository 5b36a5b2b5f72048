package dev.parley.socketio.jakarta;

import dev.parley.socketio.Acknowledgement;
import dev.parley.socketio.ConnectionMiddleware;
import dev.parley.socketio.ConnectionRefused;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Event;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.Signature.Answer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The handlers of one namespace: from what happens to a socket to the calls of methods, and back to acknowledgements. */
final class EndpointNamespace {

    private static final Logger LOG = System.getLogger(EndpointNamespace.class.getName());

    private final Handlers handlers;
    private final Gates gates;
    private final Replies replies;
    private final Consumer<Runnable> requestScope;

    /**
     * What is called, each in its order.
     *
     * @param events by name
     */
    record Handlers(
            List<Handler> connects,
            List<Handler> anything,
            Map<String, Handler> events,
            List<Handler> leavings,
            List<Handler> departures) {

        Handlers {
            connects = List.copyOf(connects);
            anything = List.copyOf(anything);
            events = Map.copyOf(events);
            leavings = List.copyOf(leavings);
            departures = List.copyOf(departures);
        }

        boolean anythingAnswers() {
            return anything.stream().anyMatch(handler -> handler.signature().answer() == Answer.OWN);
        }

        String[] nonBlocking() {
            return events.entrySet().stream()
                    .filter(entry -> entry.getValue().signature().nonBlocking())
                    .map(Map.Entry::getKey)
                    .toArray(String[]::new);
        }
    }

    /** What decides before a handler is called. */
    record Gates(
            @Nullable Authenticator<?> authenticator,
            List<ConnectionMiddleware> connections,
            List<EventFilter> events) {}

    /** @param requestScope runs a call inside of a request context */
    EndpointNamespace(Handlers handlers, Gates gates, Replies replies, Consumer<Runnable> requestScope) {
        this.handlers = handlers;
        this.gates = gates;
        this.replies = replies;
        this.requestScope = requestScope;
    }

    void attach(Namespace namespace) {
        Authenticator<?> authenticator = gates.authenticator();
        if (authenticator != null) {
            namespace.use(socket -> requestScope.accept(() -> authenticate(socket, authenticator)));
        }
        gates.connections()
                .forEach(middleware -> namespace.use(socket -> requestScope.accept(() -> admit(socket, middleware))));
        namespace.nonBlocking(handlers.nonBlocking());
        namespace.onConnect(this::connected);
    }

    private static void admit(Socket socket, ConnectionMiddleware middleware) {
        try {
            middleware.accept(socket);
        } catch (ConnectionRefused refused) {
            throw refused;
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "A connection middleware failed for socket " + socket.id(), failure);
            throw new ConnectionRefused("internal", PlainReplies.INTERNAL);
        }
    }

    private static <T> void authenticate(Socket socket, Authenticator<T> authenticator) {
        try {
            socket.attribute(authenticator.identity(), authenticator.authenticate(socket));
        } catch (ConnectionRefused refused) {
            throw refused;
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "The authenticator failed for socket " + socket.id(), failure);
            throw new ConnectionRefused("internal", PlainReplies.INTERNAL);
        }
    }

    private void connected(Socket socket) {
        if (!handlers.leavings().isEmpty()) {
            socket.onDisconnecting(reason -> tellAll(handlers.leavings(), socket, reason));
        }
        socket.onDisconnect(reason -> tellAll(handlers.departures(), socket, reason));
        socket.onAny(event -> requestScope.accept(() -> received(socket, event)));
        Occasion occasion = new Occasion.Connected(socket);
        requestScope.accept(() -> {
            for (Handler handler : handlers.connects()) {
                if (!tell(handler, occasion)) {
                    socket.disconnect(false); // half greeted is not connected
                    return;
                }
            }
        });
    }

    private void tellAll(List<Handler> farewells, Socket socket, DisconnectReason reason) {
        Occasion occasion = new Occasion.Gone(socket, reason);
        for (Handler handler : farewells) {
            requestScope.accept(() -> tell(handler, occasion));
        }
    }

    private void received(Socket socket, Event event) {
        try {
            replies.admit(socket, event.name());
            gates.events().forEach(filter -> filter.accept(socket, event));
        } catch (RuntimeException refused) {
            fail(socket, event, refused);
            return;
        }
        Occasion occasion = new Occasion.Received(socket, event);
        handlers.anything().forEach(handler -> tell(handler, occasion));
        Handler handler = handlers.events().get(event.name());
        if (handler == null) {
            if (handlers.anythingAnswers()) {
                return;
            }
            acknowledge(socket, event, () -> replies.unknownEvent(socket, event.name()));
            return;
        }
        Answer answer = handler.signature().answer();
        try {
            Object result = handler.call(occasion);
            if (result instanceof CompletionStage<?> stage) {
                stage.whenComplete((value, failure) -> finish(socket, event, answer, value, failure));
            } else {
                succeed(socket, event, answer, result);
            }
        } catch (Throwable failure) { // whatever a handler throws is told to its client, and to no other
            fail(socket, event, failure);
        }
    }

    private void finish(
            Socket socket, Event event, Answer answer, @Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            succeed(socket, event, answer, value);
        } else {
            fail(
                    socket,
                    event,
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
        }
    }

    private void succeed(Socket socket, Event event, Answer answer, @Nullable Object result) {
        Acknowledgement acknowledgement = event.acknowledgement();
        if (answer == Answer.OWN || !acknowledgement.requested()) {
            return;
        }
        try {
            Object reply = replies.success(result);
            if (reply == null && answer == Answer.EMPTY) {
                acknowledgement.send();
            } else {
                acknowledgement.send(new @Nullable Object[] {reply});
            }
        } catch (RuntimeException unwritable) {
            fail(socket, event, unwritable);
        }
    }

    private void fail(Socket socket, Event event, Throwable failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (event.acknowledgement().requested()) {
            acknowledge(socket, event, () -> replies.failure(socket, event.name(), failure));
        } else {
            replies.failedUnacknowledged(socket, event.name(), failure);
        }
    }

    /** A client that asked is answered, even when the application cannot shape its answer. */
    private static void acknowledge(Socket socket, Event event, Supplier<Object> reply) {
        Acknowledgement acknowledgement = event.acknowledgement();
        if (!acknowledgement.requested()) {
            return;
        }
        try {
            acknowledgement.send(reply.get());
        } catch (RuntimeException broken) {
            LOG.log(Level.ERROR, "Replies failed for \"" + event.name() + "\" of socket " + socket.id(), broken);
            acknowledgement.send(PlainReplies.INTERNAL);
        }
    }

    private static boolean tell(Handler handler, Occasion occasion) {
        try {
            handler.call(occasion);
            return true;
        } catch (Throwable failure) { // must not keep the other handlers from hearing it
            String annotation = handler.signature().trigger().annotation();
            LOG.log(
                    Level.ERROR,
                    annotation + " failed for socket " + occasion.socket().id(),
                    failure);
            return false;
        }
    }
}
