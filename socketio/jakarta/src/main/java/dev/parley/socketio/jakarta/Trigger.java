package dev.parley.socketio.jakarta;

import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.Set;

/** When a handler method is called: its annotation, as a value. */
sealed interface Trigger {

    record Connect() implements Trigger {}

    record Arrival(String event) implements Trigger {}

    /** Any event. */
    record Anything() implements Trigger {}

    record Leaving() implements Trigger {}

    record Departure() implements Trigger {}

    static Optional<Trigger> of(Annotation annotation) {
        return switch (annotation) {
            case OnConnect connect -> Optional.of(new Connect());
            case OnEvent event -> Optional.of(new Arrival(event.value()));
            case OnAny any -> Optional.of(new Anything());
            case OnDisconnecting disconnecting -> Optional.of(new Leaving());
            case OnDisconnect disconnect -> Optional.of(new Departure());
            default -> Optional.empty(); // annotations are an open family
        };
    }

    /** What may be a parameter here, beside the identity and (for an event) its arguments. */
    default Set<Given> given() {
        return switch (this) {
            case Connect connect -> Given.ALWAYS;
            case Arrival arrival -> Given.OF_AN_EVENT;
            case Anything anything -> Given.OF_AN_EVENT;
            case Leaving leaving -> Given.OF_A_DEPARTURE;
            case Departure departure -> Given.OF_A_DEPARTURE;
        };
    }

    default boolean hasPayload() {
        return this instanceof Arrival;
    }

    /** As it is written in the source. */
    default String annotation() {
        return switch (this) {
            case Connect connect -> "@OnConnect";
            case Arrival arrival -> "@OnEvent(\"" + arrival.event() + "\")";
            case Anything anything -> "@OnAny";
            case Leaving leaving -> "@OnDisconnecting";
            case Departure departure -> "@OnDisconnect";
        };
    }
}
