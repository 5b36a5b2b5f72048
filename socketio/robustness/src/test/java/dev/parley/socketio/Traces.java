package dev.parley.socketio;

import dev.parley.engineio.Timers;
import dev.parley.socketio.adapter.LocalAdapter;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** A server whose insides can be counted; in this package because they are nobody else's business. */
public final class Traces {

    private final List<LocalAdapter> adapters = new CopyOnWriteArrayList<>();
    private final Queue<WeakReference<Object>> seen = new ConcurrentLinkedQueue<>();
    private final Timers timers;
    private final LiveServer server;

    public Traces(Executor executor, ScheduledExecutorService timer, SocketServerBuilder builder) {
        timers = new Timers(timer);
        server = builder.threads(executor, timer)
                .adapter(home -> {
                    var adapter = new LocalAdapter(home);
                    adapters.add(adapter);
                    return adapter;
                })
                .build(timers);
    }

    public SocketServer server() {
        return server;
    }

    /** Will be missed when it is still reachable at the end. */
    public void follow(Object object) {
        seen.add(new WeakReference<>(object));
    }

    public void follow(Socket socket) {
        follow((Object) socket);
        follow((Object) socket.connection());
    }

    public int followed() {
        return seen.size();
    }

    /** What is still there, by kind; empty when nothing is. */
    public Map<String, Integer> left() {
        var left = new TreeMap<String, Integer>();
        left.put("sessions", server.engine().sessionCount());
        left.put("clients", server.clientCount());
        left.put("timers", timers.pending());
        left.put(
                "sockets and rooms",
                adapters.stream().mapToInt(LocalAdapter::size).sum());
        left.put("sockets in the default namespace", server.of("/").sockets().size());
        left.values().removeIf(count -> count == 0);
        return left;
    }

    /** Followed objects that something still holds. */
    public long held() {
        return seen.stream().filter(reference -> reference.get() != null).count();
    }
}
