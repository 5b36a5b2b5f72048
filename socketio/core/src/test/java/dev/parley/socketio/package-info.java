/** Servers driven by hand: clients are lists of frames, handlers run at once, time is moved by the test. */
@NullMarked
package dev.parley.socketio;

import org.jspecify.annotations.NullMarked;
