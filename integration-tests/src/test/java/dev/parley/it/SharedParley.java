package dev.parley.it;

import java.util.Map;

/** What {@code mvn -Prun} starts: H2, Azurite, coturn; with an administrator besides. */
final class SharedParley extends Lent {

    static final String ADMIN = "root";
    static final String ADMIN_PASSWORD = "root of all rooms";

    @Override
    Parley start() {
        return Parley.start("shared", Map.of("PARLEY_ADMIN_USERNAME", ADMIN, "PARLEY_ADMIN_PASSWORD", ADMIN_PASSWORD));
    }
}
