package dev.parley.socketio.wildfly;

import java.util.Arrays;

/** Control frames as a server sends them (RFC 6455, 5.5). */
final class Control {

    static final int PONG = 0x8a;
    /** Stands for a close frame without a code. */
    static final int NO_CODE = 1005;

    private static final int CLOSE = 0x88;
    private static final int MAX_REASON = 123;

    private Control() {}

    /** @param data at most 125 bytes */
    static byte[] frame(int first, byte[] data) {
        var frame = new byte[2 + data.length];
        frame[0] = (byte) first;
        frame[1] = (byte) data.length;
        System.arraycopy(data, 0, frame, 2, data.length);
        return frame;
    }

    /** @param reason in UTF-8, ASCII if it is long: it is cut */
    static byte[] close(int code, byte[] reason) {
        var cut = reason.length > MAX_REASON ? Arrays.copyOf(reason, MAX_REASON) : reason;
        var data = new byte[2 + cut.length];
        data[0] = (byte) (code >> 8);
        data[1] = (byte) code;
        System.arraycopy(cut, 0, data, 2, cut.length);
        return frame(CLOSE, data);
    }
}
