/**
 * What people say to each other: {@link dev.parley.chat.Room}s and {@link dev.parley.chat.Message}s. What changed is announced as
 * a {@link dev.parley.chat.ChatFact}.
 *
 * <p>Whoever writes into a room or changes its people holds the lock of that room's row until the commit. That is what makes {@code
 * seq} gapless, and the reason why nothing slow may happen in such a transaction.
 */
@NullMarked
package dev.parley.chat;

import org.jspecify.annotations.NullMarked;
