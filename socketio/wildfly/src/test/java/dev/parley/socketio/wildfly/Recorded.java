package dev.parley.socketio.wildfly;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a reader finds. */
final class Recorded implements FrameSink {

    final List<String> heard = new ArrayList<>();

    @Override
    public void text(String message) {
        heard.add("text " + message);
    }

    @Override
    public void binary(byte[] message) {
        heard.add("binary " + java.util.Arrays.toString(message));
    }

    @Override
    public void ping(byte[] data) {
        heard.add("ping " + new String(data, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void close(int code) {
        heard.add("close " + code);
    }
}
