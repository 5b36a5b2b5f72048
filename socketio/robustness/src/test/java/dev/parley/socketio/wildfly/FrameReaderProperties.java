package dev.parley.socketio.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Messages survive being cut into frames, masked, mixed with pings and delivered in pieces. */
class FrameReaderProperties {

    @Property(tries = 500)
    void any_messages_come_back_however_they_are_cut(
            @ForAll @Size(max = 6) List<@StringLength(max = 200) String> messages,
            @ForAll @IntRange(min = 1, max = 400) int piece,
            @ForAll long seed) {
        var random = new Random(seed);
        var bytes = new ByteArrayOutputStream();
        var expected = new ArrayList<String>();
        for (var message : messages) {
            var payload = message.getBytes(StandardCharsets.UTF_8); // a lone surrogate becomes a question mark
            if (random.nextBoolean()) {
                write(bytes, 1, payload, random);
                expected.add("text " + new String(payload, StandardCharsets.UTF_8));
            } else {
                write(bytes, 2, payload, random);
                expected.add("binary " + new java.math.BigInteger(1, payload).toString(16) + "/" + payload.length);
            }
        }

        assertThat(FrameReaderFuzzTest.read(bytes.toByteArray(), piece).stream()
                        .filter(found -> !found.startsWith("ping")))
                .containsExactlyElementsOf(expected);
    }

    private static void write(ByteArrayOutputStream out, int opcode, byte[] payload, Random random) {
        int at = 0;
        boolean first = true;
        while (true) {
            int count = random.nextInt(payload.length - at + 1);
            boolean last = at + count == payload.length && random.nextBoolean();
            frame(out, (last ? 0x80 : 0) | (first ? opcode : 0), payload, at, count, random);
            at += count;
            first = false;
            if (last) {
                return;
            }
            if (random.nextInt(4) == 0) {
                frame(out, 0x89, new byte[125], 0, random.nextInt(126), random);
            }
        }
    }

    private static void frame(ByteArrayOutputStream out, int head, byte[] payload, int at, int count, Random random) {
        out.write(head);
        if (count < 126) {
            out.write(0x80 | count);
        } else {
            out.write(0x80 | 126);
            out.write(count >> 8);
            out.write(count);
        }
        int mask = random.nextInt();
        out.writeBytes(ByteBuffer.allocate(4).putInt(mask).array());
        for (int i = 0; i < count; i++) {
            out.write(payload[at + i] ^ mask >>> (24 - 8 * (i % 4)));
        }
    }
}
