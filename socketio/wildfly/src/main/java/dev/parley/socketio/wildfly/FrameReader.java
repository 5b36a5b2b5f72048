package dev.parley.socketio.wildfly;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames that one client sends (RFC 6455, 5), whatever pieces they come in. A frame that comes whole is read where it lies;
 * memory is held only while a frame or message is incomplete, and grows with what has come, not with what was announced. Not
 * thread-safe.
 */
final class FrameReader {

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_TEXT = 1007;
    static final int TOO_BIG = 1009;

    private static final int MAX_HEADER = 14;
    private static final int MAX_CONTROL = 125;
    private static final byte[] EMPTY = {};
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final int limit;
    private final FrameSink sink;

    /** The beginning of a header, null between frames. */
    private byte @Nullable [] header;

    private int headed;

    /** Of the frame under way. */
    private boolean inFrame;

    private boolean last;
    private int opcode;
    private int mask;
    private int missing;
    private byte[] control = EMPTY;

    /** Of the message under way, which may have several frames; 0 when there is none. */
    private int kind;

    private byte[] message = EMPTY;
    private int length;

    /** @param limit bytes of one message */
    FrameReader(int limit, FrameSink sink) {
        this.limit = limit;
        this.sink = sink;
    }

    /**
     * Reads what has come; the array is changed.
     *
     * @throws FrameException when it is not allowed: then nothing more must be read
     */
    void read(byte[] data, int from, int to) {
        int at = from;
        while (at < to) {
            if (!inFrame) {
                at = header(data, at, to);
            }
            if (inFrame) {
                at = body(data, at, to);
            }
        }
    }

    // ---- headers

    private int header(byte[] data, int at, int to) {
        if (header == null) {
            int size = headerSize(data, at, to - at);
            if (size <= to - at) {
                begin(data, at, size);
                return at + size;
            }
            header = new byte[MAX_HEADER];
            headed = 0;
        }
        int next = at;
        while (next < to) {
            header[headed++] = data[next++];
            if (headed >= headerSize(header, 0, headed)) {
                var whole = header;
                header = null;
                begin(whole, 0, headed);
                return next;
            }
        }
        return next;
    }

    /** Bytes of the header that begins there; more than are there when that cannot be told yet. */
    private static int headerSize(byte[] data, int at, int available) {
        if (available < 2) {
            return MAX_HEADER;
        }
        if (data[at + 1] >= 0) {
            return 2; // no mask: nothing more need be known
        }
        int announced = data[at + 1] & 0x7f;
        return announced < 126 ? 6 : announced == 126 ? 8 : MAX_HEADER;
    }

    private void begin(byte[] data, int at, int size) {
        int first = data[at];
        if ((first & 0x70) != 0) {
            throw error("reserved bits are set"); // no extension was negotiated
        }
        if (data[at + 1] >= 0) {
            throw error("a client must mask its frames");
        }
        last = first < 0;
        opcode = first & 0x0f;
        long announced = announced(data, at, size);
        mask = (data[at + size - 4] & 0xff)
                | (data[at + size - 3] & 0xff) << 8
                | (data[at + size - 2] & 0xff) << 16
                | data[at + size - 1] << 24;
        switch (opcode) {
            case TEXT, BINARY -> {
                if (kind != 0) {
                    throw error("a new message within another");
                }
                kind = opcode;
                bound(announced);
            }
            case CONTINUATION -> {
                if (kind == 0) {
                    throw error("nothing to continue");
                }
                bound(announced);
            }
            case CLOSE, PING, PONG -> {
                if (!last || announced > MAX_CONTROL) {
                    throw error("control frames are short and whole");
                }
                control = announced == 0 ? EMPTY : new byte[(int) announced];
            }
            default -> throw error("unknown opcode " + opcode);
        }
        missing = (int) announced;
        inFrame = true;
    }

    private static long announced(byte[] data, int at, int size) {
        int count = size == 6 ? 0 : size == 8 ? 2 : 8;
        if (count == 0) {
            return data[at + 1] & 0x7f;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | (data[at + 2 + i] & 0xff);
        }
        if (value < (count == 2 ? 126 : 65536)) { // a negative one too
            throw error("the length is not minimal or not a length");
        }
        return value;
    }

    private void bound(long announced) {
        if (announced > limit - length) {
            throw new FrameException(TOO_BIG, "a message of more than " + limit + " bytes");
        }
    }

    // ---- bodies

    private int body(byte[] data, int at, int to) {
        int count = Math.min(missing, to - at);
        unmask(data, at, count);
        missing -= count;
        if (opcode >= CLOSE) {
            System.arraycopy(data, at, control, control.length - missing - count, count);
            if (missing == 0) {
                inFrame = false;
                control();
            }
        } else if (missing == 0 && last && length == 0) {
            inFrame = false;
            deliver(data, at, count, false);
        } else {
            gather(data, at, count);
            if (missing == 0) {
                inFrame = false;
                if (last) {
                    deliver(message, 0, length, message.length == length);
                }
            }
        }
        return at + count;
    }

    private void unmask(byte[] data, int at, int count) {
        int key = mask;
        long both = (key & 0xffffffffL) | (long) key << 32;
        int i = at;
        int end = at + count;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            LONGS.set(data, i, (long) LONGS.get(data, i) ^ both);
        }
        for (; i < end; i++) {
            data[i] ^= (byte) key;
            key = Integer.rotateRight(key, 8);
        }
        mask = key; // where the next piece of the same frame goes on
    }

    private void gather(byte[] data, int at, int count) {
        if (message.length - length < count) {
            int wanted = Math.max(length + count, Math.min(length + count + missing, 2 * message.length));
            message = Arrays.copyOf(message, wanted);
        }
        System.arraycopy(data, at, message, length, count);
        length += count;
    }

    /** @param own whether the whole array is this message and nothing else will be read into it */
    private void deliver(byte[] data, int at, int count, boolean own) {
        boolean isText = kind == TEXT;
        kind = 0;
        message = EMPTY;
        length = 0;
        if (isText) {
            sink.text(decode(data, at, count));
        } else {
            sink.binary(own ? data : Arrays.copyOfRange(data, at, at + count));
        }
    }

    private void control() {
        var data = control;
        control = EMPTY;
        switch (opcode) {
            case PING -> sink.ping(data);
            case CLOSE -> sink.close(closeCode(data));
            default -> {} // a pong that nobody asked for
        }
    }

    private static int closeCode(byte[] data) {
        if (data.length == 0) {
            return Control.NO_CODE;
        }
        if (data.length == 1) {
            throw error("half a close code");
        }
        int code = (data[0] & 0xff) << 8 | (data[1] & 0xff);
        boolean known = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
        if (!known && (code < 3000 || code > 4999)) {
            throw error("close code " + code);
        }
        decode(data, 2, data.length - 2);
        return code;
    }

    /** Strictly: what is not UTF-8 ends the connection (RFC 6455, 8.1). */
    private static String decode(byte[] data, int at, int count) {
        if (isAscii(data, at, count)) {
            return new String(data, at, count, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(data, at, count))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FrameException(NOT_TEXT, "text that is not UTF-8");
        }
    }

    private static boolean isAscii(byte[] data, int at, int count) {
        int i = at;
        int end = at + count;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            if (((long) LONGS.get(data, i) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; i < end; i++) {
            if (data[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static FrameException error(String message) {
        return new FrameException(PROTOCOL_ERROR, message);
    }
}
