package dev.parley.engineio;

/** An Engine.IO server: checks requests, opens sessions, hands requests to them. */
public final class Engine {

    private final EngineOptions options;

    Engine(EngineOptions options) {
        this.options = options;
    }

    public EngineOptions options() {
        return options;
    }
}
