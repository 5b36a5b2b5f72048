package dev.parley.signin;

import java.util.UUID;

/** What happened to a sign-in, that others must learn at once. */
public sealed interface SignInFact {

    /** It is over: its tokens are worth nothing any more, its sockets must go. */
    record Revoked(UUID sessionId) implements SignInFact {}
}
