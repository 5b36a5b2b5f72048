package dev.parley.socketio.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine's name. */
final class Host {

    private Host() {}

    static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
