package dev.parley.socketio.jakarta;

import java.lang.reflect.Method;
import java.util.List;

/** A handler method that was found to be callable. */
record Signature(Trigger trigger, Method method, List<Parameter> parameters, Answer answer, boolean nonBlocking) {

    Signature {
        parameters = List.copyOf(parameters);
    }

    /** How the client's acknowledgement comes about. */
    enum Answer {
        /** {@code void}: without an argument, when the method returns. */
        EMPTY,
        /** What the method returns. */
        RESULT,
        /** The method has an {@link dev.parley.socketio.Acknowledgement} parameter and answers itself. */
        OWN
    }
}
