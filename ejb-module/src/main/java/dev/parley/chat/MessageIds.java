package dev.parley.chat;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.fasterxml.uuid.UUIDClock;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of version 7 (RFC 9562): in the order of time, which indexes like. Should the clock be set back, their time stands still until the
 * clock has caught up, so that a later id of this node is the larger one whatever happens. Nothing but a room's {@code seq} orders its
 * messages; the ids break ties between rooms.
 */
final class MessageIds {

    /** Of this node. */
    static final MessageIds IDS = new MessageIds(InstantSource.system());

    private final NoArgGenerator generator;

    MessageIds(InstantSource clock) {
        AtomicLong latest = new AtomicLong();
        this.generator = Generators.timeBasedEpochGenerator(null, new UUIDClock() {
            @Override
            public long currentTimeMillis() {
                return latest.accumulateAndGet(clock.millis(), Math::max);
            }
        });
    }

    UUID next() {
        return generator.generate();
    }
}
