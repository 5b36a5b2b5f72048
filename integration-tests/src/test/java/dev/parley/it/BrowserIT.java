package dev.parley.it;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the journeys of {@code journeys/*.spec.ts} (Playwright: real Chromium, and the stock JavaScript client) against the
 * shared server.
 */
@ExtendWith(SharedParley.class)
class BrowserIT {

    @TestFactory
    Stream<DynamicTest> journeys(Parley parley) throws IOException, InterruptedException {
        return Journeys.run(parley, "journeys", "*.spec.ts");
    }
}
