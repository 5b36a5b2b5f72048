package dev.parley.chat;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Who of several people is there to be called. */
@FunctionalInterface
interface Present {

    List<UUID> among(Collection<UUID> userIds);
}
