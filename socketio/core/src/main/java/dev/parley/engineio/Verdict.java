package dev.parley.engineio;

/** What becomes of a request that wants to be a WebSocket: {@link Admission} or {@link Refusal}. */
public sealed interface Verdict permits Admission, Refusal {}
