package dev.parley.chat;

import java.util.List;
import java.util.UUID;

/** Who reacted to a message with one emoji, in the order of time; the wire's shape. */
public record Reaction(String emoji, List<UUID> userIds) {

    public Reaction {
        userIds = List.copyOf(userIds);
    }
}
