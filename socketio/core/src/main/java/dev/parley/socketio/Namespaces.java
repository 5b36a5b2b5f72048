package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.adapter.Adapter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
    /** How many there are because a client asked for them. */
    private final AtomicInteger asked = new AtomicInteger();
    /** Some of these that nobody is in, or was not when they came here. */
    private final Queue<LiveNamespace> vacant = new ConcurrentLinkedQueue<>();

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
        if (present != null) {
            return present;
        }
        var parent = rules.all().stream()
                .filter(Rule::byName)
                .filter(rule -> fits(rule, key, server.arguments().node(Map.of())))
                .findFirst()
                .map(Rule::parent)
                .orElse(null);
        return make(key, parent, false).namespace();
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

    /**
     * The namespace that a client asks for, which counts it as a tenant from now on.
     *
     * @throws LimitExceeded when it would have to be made and there are too many
     */
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
                present = makeForClient(name, rule.get().parent());
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

    private LiveNamespace makeForClient(String name, LiveParent parent) {
        int max = server.settings().limits().maxDynamicNamespaces();
        while (asked.incrementAndGet() > max) {
            asked.decrementAndGet();
            if (!forgetVacant()) {
                throw new LimitExceeded("Too many namespaces", "maxDynamicNamespaces", max);
            }
        }
        boolean made = false;
        try {
            var result = make(name, parent, true);
            made = result.isNew();
            return result.namespace();
        } finally {
            if (!made) {
                asked.decrementAndGet();
            }
        }
    }

    /** The last one has left a namespace that clients asked for. */
    void vacated(LiveNamespace namespace) {
        vacant.add(namespace);
    }

    /** Makes room by forgetting what has been vacant for longest; false when nothing is. */
    private boolean forgetVacant() {
        for (var namespace = vacant.poll(); namespace != null; namespace = vacant.poll()) {
            if (namespace.retireVacant()) {
                return true;
            }
        }
        return false;
    }

    private record Made(LiveNamespace namespace, boolean isNew) {}

    /** The first of those who ask at the same time makes it. */
    private Made make(String name, @Nullable LiveParent parent, boolean forClient) {
        var made = new boolean[1];
        var namespace = known.computeIfAbsent(name, key -> {
            made[0] = true;
            var child = new LiveNamespace(key, server, adapters, parent, forClient);
            if (parent != null) {
                parent.adopt(child);
            }
            return child;
        });
        if (made[0] && !name.equals("/")) {
            server.observers().tell(listener -> listener.namespaceCreated(namespace));
            listeners.all().forEach(listener -> listener.accept(namespace));
        }
        return new Made(namespace, made[0]);
    }

    /** An empty child goes. */
    void forget(LiveNamespace child, LiveParent parent) {
        known.remove(child.name(), child);
        parent.lose(child);
        if (child.isForClient()) {
            asked.decrementAndGet();
        }
        child.adapter().close();
    }

    Collection<Namespace> all() {
        return List.copyOf(known.values());
    }

    void close() {
        known.values().forEach(namespace -> namespace.adapter().close());
    }
}
