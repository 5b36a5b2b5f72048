package dev.parley.socketio.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A TCP proxy that can cut all its connections: what a client sees when its server dies. */
public final class CuttingProxy implements AutoCloseable {

    private final URI target;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    /** Listens on a free port of 127.0.0.1 and passes all on to host and port of the target. */
    public CuttingProxy(URI target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Where clients are to connect. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** Ends all connections, and new ones at once. Nothing that the server says of it reaches a client. */
    public void cut() {
        isCut = true;
        open.forEach(Line::end);
    }

    /** Lets new connections through again. */
    public void mend() {
        isCut = false;
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
        threads.shutdownNow();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                join(door.accept());
            } catch (IOException closed) {
                // the loop's condition decides
            }
        }
    }

    private void join(Socket near) {
        if (isCut) {
            end(near);
            return;
        }
        Line line;
        try {
            line = new Line(near, new Socket(target.getHost(), target.getPort()));
        } catch (IOException nobodyThere) {
            end(near);
            return;
        }
        open.add(line);
        try {
            threads.execute(() -> line.pump(near, line.far));
            threads.execute(() -> line.pump(line.far, near));
        } catch (RejectedExecutionException closed) {
            line.end();
        }
        if (isCut) { // since it was looked at
            line.end();
        }
    }

    private final class Line {

        private final Socket near;
        private final Socket far;

        Line(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void pump(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException cut) {
                // the other side learns it by its own socket
            } finally {
                end();
            }
        }

        /**
         * The client's side first. A WebSocket server that loses its client says a close frame, and passed on that would be a goodbye:
         * OkHttp reads nothing after it, and the stock Java client then misses the end until its next ping is late.
         */
        void end() {
            CuttingProxy.end(near);
            CuttingProxy.end(far);
            open.remove(this);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            // what was wanted
        }
    }
}
