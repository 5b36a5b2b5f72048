package dev.parley.socketio.conformance;

import dev.parley.engineio.Cors;
import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.jakarta.door.DoorOptions;
import java.time.Duration;
import java.util.Set;

/** What suites expect of a server: impatient, and open to pages of any origin, since suites also run in browsers. */
final class TestTimers {

    /** Three heartbeats take 900 ms, in which a suite may not have joined a namespace. */
    static final Duration CONNECT_TIMEOUT = Duration.ofMillis(1500);

    private TestTimers() {}

    static EngineOptions.Builder engine() {
        return EngineOptions.builder()
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(200))
                .maxHttpBufferSize(1_000_000)
                .cors(new Cors(Set.of("*"), false));
    }

    static DoorOptions door(String path) {
        return new DoorOptions(path, Set.of("*"));
    }
}
