package dev.parley.benchmarks;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;

/** netty-socketio: NettyServer PORT. The same work by its own API, its defaults kept but for what would end a run. */
public final class NettyServer {

    private NettyServer() {}

    public static void main(String[] arguments) {
        var configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(Integer.parseInt(arguments[0]));
        configuration.setWorkerThreads(2);
        configuration.setMaxFramePayloadLength(1_000_000);
        configuration.setMaxHttpContentLength(1_000_000);
        configuration.setWebsocketCompression(false); // none of the others compresses
        configuration.setHttpCompression(false);
        configuration.getSocketConfig().setReuseAddress(true);
        configuration.getSocketConfig().setTcpNoDelay(true);
        configuration.getSocketConfig().setAcceptBackLog(1024);
        var server = new SocketIOServer(configuration);
        server.addConnectListener(client -> client.joinRoom("room"));
        work(server, "", Object.class);
        work(server, "binary ", byte[].class);
        server.start();
    }

    private static void work(SocketIOServer server, String prefix, Class<?> type) {
        server.addEventListener(prefix + "msg", type, (client, payload, ack) -> server.getRoomOperations("room")
                .sendEvent(prefix + "msg", payload));
        server.addEventListener(prefix + "echo", type, (client, payload, ack) -> ack.sendAckData(payload));
    }
}
