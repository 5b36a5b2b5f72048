package dev.parley.chat;

import java.util.UUID;

/**
 * How one person stands to one thread; the wire's shape.
 *
 * @param threadId the message that began it
 * @param readSeq up to where this person has read it, apart from the room's mark
 * @param unread replies of others behind that
 * @param lastSeq the room's newest message when it was counted
 */
public record ThreadPlace(
        UUID threadId, UUID roomId, boolean following, long readSeq, long unread, long mentions, long lastSeq) {}
