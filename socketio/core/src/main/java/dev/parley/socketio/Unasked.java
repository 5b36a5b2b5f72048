package dev.parley.socketio;

import org.jspecify.annotations.Nullable;

/** Nobody wants an answer. */
enum Unasked implements Acknowledgement {
    ANSWER;

    @Override
    public boolean requested() {
        return false;
    }

    @Override
    public void send(@Nullable Object... arguments) {
        // nobody asked
    }
}
