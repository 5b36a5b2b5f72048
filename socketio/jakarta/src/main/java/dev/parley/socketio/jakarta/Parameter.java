package dev.parley.socketio.jakarta;

import java.lang.reflect.Type;

/** Where a handler method's parameter comes from: decided at deployment. */
sealed interface Parameter {

    record Provided(Given given) implements Parameter {}

    /** What the {@link Authenticator} returned for this socket. */
    record Identity(Class<?> type) implements Parameter {}

    /**
     * An argument of the event.
     *
     * @param index its place among the event's arguments
     * @param label how error messages call it: the parameter's name if the compiler kept it
     * @param nullable whether it may be missing or null
     */
    record Payload(int index, String label, Type type, boolean nullable) implements Parameter {}

    /**
     * All arguments from that place on, as an array.
     *
     * @param element what each is read as
     */
    record Rest(int index, String label, Class<?> element) implements Parameter {}

    /** A variable of the namespace's name. */
    record Variable(String name, NamespacePattern pattern) implements Parameter {}
}
