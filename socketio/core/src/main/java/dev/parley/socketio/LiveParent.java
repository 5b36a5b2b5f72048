package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A rule by which namespaces come into being, and what they begin with. */
final class LiveParent extends ConfigurableNamespace implements ParentNamespace {

    private final String name;
    private final Duration patience;
    private final Set<LiveNamespace> children = ConcurrentHashMap.newKeySet();

    LiveParent(String name, Duration patience) {
        this.name = name;
        this.patience = patience;
    }

    void adopt(LiveNamespace child) {
        child.setup().addAll(setup());
        children.add(child);
    }

    void lose(LiveNamespace child) {
        children.remove(child);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Collection<Namespace> children() {
        return List.copyOf(children);
    }

    @Override
    public Collection<Socket> sockets() {
        return children.stream().flatMap(child -> child.sockets().stream()).toList();
    }

    @Override
    public Optional<Socket> socket(String id) {
        return children.stream().flatMap(child -> child.socket(id).stream()).findFirst();
    }

    @Override
    public Broadcast all() {
        return new FanOut(this::children, UnaryOperator.identity()).timeout(patience);
    }

    @Override
    public void serverSideEmit(String event, @Nullable Object... arguments) {
        children.forEach(child -> child.serverSideEmit(event, arguments));
    }

    @Override
    public CompletionStage<List<List<JsonNode>>> serverSideEmitWithAck(
            Duration timeout, String event, @Nullable Object... arguments) {
        return FanOut.gather(children(), child -> child.serverSideEmitWithAck(timeout, event, arguments));
    }
}
