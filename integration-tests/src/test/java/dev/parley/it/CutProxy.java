package dev.parley.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A wire between client and server that can be cut: all its connections end without a goodbye. */
final class CutProxy implements AutoCloseable {

    private final ServerSocket listening;
    /** Passes on until the end. */
    interface Pump {

        void pump(InputStream from, OutputStream to) throws IOException;
    }

    private final int target;
    private final Pump back;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    CutProxy(int target) {
        this(target, InputStream::transferTo);
    }

    /** @param back passes on what the server sends */
    CutProxy(int target, Pump back) {
        this.target = target;
        this.back = back;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Ends every connection there is; new ones go through. */
    void cut() {
        open.forEach(CutProxy::end);
        open.clear();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                join(listening.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(server);
            threads.execute(() -> pump(client, server, InputStream::transferTo));
            threads.execute(() -> pump(server, client, back));
        } catch (IOException | RejectedExecutionException nobodyThere) {
            end(client);
        }
    }

    private void pump(Socket from, Socket to, Pump how) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            how.pump(in, out);
        } catch (IOException cut) {
            // the point of it
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // as wished
        }
    }
}
