package dev.parley.socketio.jakarta;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.socketio.Event;
import dev.parley.socketio.SocketServer;

/** Turns a signature's parameters into what fetches their values. */
final class Arguments {

    private final ObjectMapper json;
    private final SocketServer server;

    Arguments(ObjectMapper json, SocketServer server) {
        this.json = json;
        this.server = server;
    }

    /**
     * @param beanClass gives generic parameters of inherited methods their meaning
     * @throws IllegalStateException when Jackson cannot read a parameter's type
     */
    Argument of(Class<?> beanClass, Signature signature, Parameter parameter) {
        return switch (parameter) {
            case Parameter.Provided provided -> provided(provided.given());
            case Parameter.Identity identity -> identity(identity.type());
            case Parameter.Payload payload ->
                new PayloadArgument(payload, javaType(beanClass, signature, payload), json);
            case Parameter.Rest rest -> new RestArgument(rest, json);
            case Parameter.Variable variable ->
                occasion -> variable.pattern()
                        .value(variable.name(), occasion.socket().namespace().name())
                        .orElseThrow(() -> new IllegalStateException("namespace "
                                + occasion.socket().namespace().name() + " does not fit " + variable.pattern()));
        };
    }

    private Argument provided(Given given) {
        return switch (given) {
            case SOCKET -> Occasion::socket;
            case NAMESPACE -> occasion -> occasion.socket().namespace();
            case SERVER -> occasion -> server;
            case HANDSHAKE -> occasion -> occasion.socket().handshake();
            case EVENT -> Arguments::event;
            case ACKNOWLEDGEMENT -> occasion -> event(occasion).acknowledgement();
            case REASON -> occasion -> ((Occasion.Gone) occasion).reason();
        };
    }

    private static Argument identity(Class<?> type) {
        return occasion -> occasion.socket()
                .attribute(type)
                .orElseThrow(() -> new IllegalStateException(
                        "Socket " + occasion.socket().id() + " has no " + type.getSimpleName()));
    }

    static Event event(Occasion occasion) {
        return ((Occasion.Received) occasion).event();
    }

    private JavaType javaType(Class<?> beanClass, Signature signature, Parameter.Payload payload) {
        JavaType owner =
                json.constructType(beanClass).findSuperType(signature.method().getDeclaringClass());
        return json.getTypeFactory().resolveMemberType(payload.type(), owner.getBindings());
    }
}
