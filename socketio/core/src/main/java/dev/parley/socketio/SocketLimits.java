package dev.parley.socketio;

import dev.parley.socketio.protocol.Packet;

/**
 * How much one client, or all of them together, may make a server keep on the level of Socket.IO. Whoever reaches a limit is told its
 * name and value, and nothing else ends: a CONNECT is answered with CONNECT_ERROR
 * {@code {message, data:{code:"limit_exceeded", limit, max}}}, a join throws {@link LimitExceeded}.
 *
 * @param maxRoomsPerSocket rooms that one socket may be in, its own not counted; 10,000
 * @param maxNamespacesPerConnection namespaces that one connection may be in at a time; 100
 * @param maxDynamicNamespaces namespaces that exist because a client asked for them under the rule of a {@link ParentNamespace}; 10,000.
 *     Before a client is refused, those without a socket go, as if {@link SocketServerBuilder#cleanupEmptyChildNamespaces} were on
 * @param maxNamespaceLength UTF-16 units of a namespace's name that a client asks for; 1,024
 * @param maxAuthBytes bytes of a CONNECT with its auth payload, which is kept as long as the socket; 16,384
 */
public record SocketLimits(
        int maxRoomsPerSocket,
        int maxNamespacesPerConnection,
        int maxDynamicNamespaces,
        int maxNamespaceLength,
        int maxAuthBytes) {

    /** What holds unless something else is said. */
    public static final SocketLimits DEFAULTS = new SocketLimits(10_000, 100, 10_000, 1_024, 16_384);

    /** @throws IllegalArgumentException naming the limit that is less than 1 */
    public SocketLimits {
        positive("maxRoomsPerSocket", maxRoomsPerSocket);
        positive("maxNamespacesPerConnection", maxNamespacesPerConnection);
        positive("maxDynamicNamespaces", maxDynamicNamespaces);
        positive("maxNamespaceLength", maxNamespaceLength);
        positive("maxAuthBytes", maxAuthBytes);
    }

    /**
     * @param bytes of the packet
     * @param namespaces that its client is in
     * @throws LimitExceeded when the client may not connect
     */
    void admit(Packet.Connect packet, int bytes, int namespaces) {
        if (packet.namespace().length() > maxNamespaceLength) {
            throw new LimitExceeded("Namespace too long", "maxNamespaceLength", maxNamespaceLength);
        }
        if (bytes > maxAuthBytes) {
            throw new LimitExceeded("Auth payload too large", "maxAuthBytes", maxAuthBytes);
        }
        if (namespaces >= maxNamespacesPerConnection) {
            throw new LimitExceeded("Too many namespaces", "maxNamespacesPerConnection", maxNamespacesPerConnection);
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }

    /** With another {@link #maxRoomsPerSocket}. */
    public SocketLimits maxRoomsPerSocket(int count) {
        return new SocketLimits(
                count, maxNamespacesPerConnection, maxDynamicNamespaces, maxNamespaceLength, maxAuthBytes);
    }

    /** With another {@link #maxNamespacesPerConnection}. */
    public SocketLimits maxNamespacesPerConnection(int count) {
        return new SocketLimits(maxRoomsPerSocket, count, maxDynamicNamespaces, maxNamespaceLength, maxAuthBytes);
    }

    /** With another {@link #maxDynamicNamespaces}. */
    public SocketLimits maxDynamicNamespaces(int count) {
        return new SocketLimits(maxRoomsPerSocket, maxNamespacesPerConnection, count, maxNamespaceLength, maxAuthBytes);
    }

    /** With another {@link #maxNamespaceLength}. */
    public SocketLimits maxNamespaceLength(int units) {
        return new SocketLimits(
                maxRoomsPerSocket, maxNamespacesPerConnection, maxDynamicNamespaces, units, maxAuthBytes);
    }

    /** With another {@link #maxAuthBytes}. */
    public SocketLimits maxAuthBytes(int bytes) {
        return new SocketLimits(
                maxRoomsPerSocket, maxNamespacesPerConnection, maxDynamicNamespaces, maxNamespaceLength, bytes);
    }
}
