package dev.parley.socketio.jakarta;

import org.jspecify.annotations.Nullable;

/** Takes one parameter's value out of an occasion. */
@FunctionalInterface
interface Argument {

    /** @throws IllegalArgumentException when what the client sent does not fit */
    @Nullable
    Object from(Occasion occasion);
}
