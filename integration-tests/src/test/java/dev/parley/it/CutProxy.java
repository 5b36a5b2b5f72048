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

    /** Passes on until the end. */
    interface Pump {

        void pump(InputStream from, OutputStream to) throws IOException;
    }

    private final ServerSocket listening;
    private final int target;
    private final Pump back;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
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
        open.forEach(Connection::end); // each takes itself out: who came back meanwhile stays in
    }

    /** The same, but the server is not told: it goes on speaking to somebody who is not there, until it gives up. */
    void abandon() {
        open.forEach(Connection::abandon);
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
        Connection connection;
        try {
            connection = new Connection(client, new Socket(InetAddress.getLoopbackAddress(), target));
        } catch (IOException nobodyThere) {
            end(client);
            return;
        }
        open.add(connection);
        try {
            threads.execute(connection::forth);
            threads.execute(connection::back);
        } catch (RejectedExecutionException closed) {
            connection.end();
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        private volatile boolean abandoned;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void forth() {
            try {
                client.getInputStream().transferTo(server.getOutputStream());
            } catch (IOException cut) {
                // the point of it
            } finally {
                if (!abandoned) {
                    end();
                }
            }
        }

        void back() {
            try {
                InputStream said = server.getInputStream();
                try {
                    back.pump(said, client.getOutputStream());
                } catch (IOException cut) {
                    if (abandoned) {
                        said.transferTo(OutputStream.nullOutputStream());
                    }
                }
            } catch (IOException cut) {
                // the point of it
            } finally {
                end();
            }
        }

        void abandon() {
            abandoned = true;
            CutProxy.end(client);
        }

        /** The client's side first: what the server says to one who has left is not passed on. */
        void end() {
            CutProxy.end(client);
            CutProxy.end(server);
            open.remove(this);
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
