package dev.parley.it;

import java.util.Map;

/** What {@code mvn -Prun} starts: H2, Azurite, coturn. */
final class SharedParley extends Lent {

    @Override
    Parley start() {
        return Parley.start("shared", Map.of());
    }
}
