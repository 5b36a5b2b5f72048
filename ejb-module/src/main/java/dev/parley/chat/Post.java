package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Problem;

/** What somebody wants to say in a room. */
public record Post(Caller caller, Draft draft) {

    /** What became of it. */
    public sealed interface Outcome {}

    /** It is said, now or before. */
    public record Said(Message message) implements Outcome {}

    public record Refused(Problem problem) implements Outcome {}
}
