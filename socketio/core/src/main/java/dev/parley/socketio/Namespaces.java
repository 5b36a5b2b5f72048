package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.adapter.Adapter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All namespaces of a server and the rules by which more come into being. */
final class Namespaces {

    /** Who may have which children. */
    private record Rule(NamespacePredicate names, boolean byName, LiveParent parent) {}

    private final LiveServer server;
    private final Adapter.Factory adapters;
    private final Map<String, LiveNamespace> known = new ConcurrentHashMap<>();
    private final Listeners<Rule> rules = new Listeners<>();
    private final Listeners<Consumer<Namespace>> listeners = new Listeners<>();

    Namespaces(LiveServer server, Adapter.Factory adapters) {
        this.server = server;
        this.adapters = adapters;
    }

    void onNamespace(Consumer<Namespace> listener) {
        listeners.add(listener);
    }

    /** Made by the application. */
    LiveNamespace of(String name) {
        var key = name.startsWith("/") ? name : "/" + name;
        var present = known.get(key);
        return present != null
                ? present
                : make(
                        key,
                        rules.all().stream()
                                .filter(Rule::byName)
                                .filter(rule ->
                                        fits(rule, key, server.arguments().node(Map.of())))
                                .findFirst()
                                .map(Rule::parent)
                                .orElse(null));
    }

    ParentNamespace of(Pattern pattern) {
        return parent(pattern.pattern(), (name, auth) -> pattern.matcher(name).find(), true);
    }

    ParentNamespace of(NamespacePredicate names) {
        return parent("/_" + rules.all().size(), names, false);
    }

    private ParentNamespace parent(String name, NamespacePredicate names, boolean byName) {
        var parent = new LiveParent(name, server.settings().ackTimeout());
        rules.add(new Rule(names, byName, parent));
        return parent;
    }

    /** The namespace that a client asks for, which counts it as a tenant from now on. */
    Optional<LiveNamespace> enter(String name, JsonNode auth) {
        while (true) {
            var present = known.get(name);
            if (present == null) {
                var rule = rules.all().stream()
                        .filter(candidate -> fits(candidate, name, auth))
                        .findFirst();
                if (rule.isEmpty()) {
                    return Optional.empty();
                }
                present = make(name, rule.get().parent());
            }
            if (present.enter()) {
                return Optional.of(present);
            }
            known.remove(name, present); // its last tenant has just left, who forgets it too
        }
    }

    private boolean fits(Rule rule, String name, JsonNode auth) {
        try {
            return rule.names().test(name, auth);
        } catch (RuntimeException | Error failure) {
            System.getLogger(SocketServer.class.getName())
                    .log(System.Logger.Level.ERROR, "A namespace predicate failed", failure);
            return false;
        }
    }

    /** The first of those who ask at the same time makes it. */
    private LiveNamespace make(String name, @Nullable LiveParent parent) {
        var made = new boolean[1];
        var namespace = known.computeIfAbsent(name, key -> {
            made[0] = true;
            var child = new LiveNamespace(key, server, adapters, parent);
            if (parent != null) {
                parent.adopt(child);
            }
            return child;
        });
        if (made[0] && !name.equals("/")) {
            server.observers().tell(listener -> listener.namespaceCreated(namespace));
            listeners.all().forEach(listener -> listener.accept(namespace));
        }
        return namespace;
    }

    /** An empty child goes. */
    void forget(LiveNamespace child, LiveParent parent) {
        known.remove(child.name(), child);
        parent.lose(child);
        child.adapter().close();
    }

    Collection<Namespace> all() {
        return List.copyOf(known.values());
    }

    void close() {
        known.values().forEach(namespace -> namespace.adapter().close());
    }
}
