/** Attacks on the library, and the proof that it holds: {@link EngineFuzzTest} and {@link SocketFuzzTest} first. */
@org.jspecify.annotations.NullMarked
package dev.parley.socketio.robustness;
