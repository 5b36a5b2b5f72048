package dev.parley.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Listeners of events by name. A name that has none left is forgotten. */
final class NamedListeners {

    private final Map<String, Listeners<EventListener>> names = new ConcurrentHashMap<>(1);

    List<EventListener> of(String event) {
        var listeners = names.get(event);
        return listeners == null ? List.of() : listeners.all();
    }

    void on(String event, EventListener listener) {
        if (event.isEmpty()) {
            throw new IllegalArgumentException("an event has a name");
        }
        names.compute(event, (name, present) -> {
            var listeners = present == null ? new Listeners<EventListener>() : present;
            listeners.add(listener);
            return listeners;
        });
    }

    void once(String event, EventListener listener) {
        on(event, new Once(event, listener));
    }

    void off(String event, EventListener listener) {
        remove(event, listener);
    }

    private boolean remove(String event, EventListener listener) {
        var removed = new boolean[1];
        names.computeIfPresent(event, (name, listeners) -> {
            removed[0] = listeners.remove(candidate ->
                    candidate == listener || (candidate instanceof Once once && once.listener == listener));
            return listeners.isEmpty() ? null : listeners;
        });
        return removed[0];
    }

    void off(String event) {
        names.remove(event);
    }

    /** Takes over what another one has. */
    void addAll(NamedListeners other) {
        other.names.forEach((name, listeners) -> listeners.all().forEach(listener -> on(name, listener)));
    }

    void clear() {
        names.clear();
    }

    /** A listener that takes itself away. Identity counts: two for the same listener are two. */
    private final class Once implements EventListener {

        private final String name;
        private final EventListener listener;

        Once(String name, EventListener listener) {
            this.name = name;
            this.listener = listener;
        }

        @Override
        public void on(Event event) {
            if (remove(name, this)) {
                listener.on(event);
            }
        }
    }
}
