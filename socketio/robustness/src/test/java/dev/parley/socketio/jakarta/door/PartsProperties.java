package dev.parley.socketio.jakarta.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.Utf8;
import dev.parley.engineio.WebSocketInbound;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

/** The parts that a container makes of a message are put together again, whatever they are. */
class PartsProperties {

    @Property(tries = 500)
    void text_in_any_parts_is_the_same_message(
            @ForAll @StringLength(max = 300) String first, @ForAll String second, @ForAll long seed) {
        var whole = new Heard();
        int limit = Math.max(1, Utf8.length(first));
        var texts = new TextParts(limit, whole);
        var random = new Random(seed);

        feed(texts, first, random);
        texts.part(second, true);

        assertThat(whole.log).containsExactly(first, Utf8.length(second) <= limit ? second : "too large");
    }

    private static void feed(TextParts texts, String message, Random random) {
        int at = 0;
        while (at < message.length() || random.nextBoolean()) {
            int end = at + random.nextInt(message.length() - at + 1);
            texts.part(message.substring(at, end), false);
            at = end;
        }
        texts.part("", true);
    }

    @Property(tries = 500)
    void bytes_in_any_parts_are_the_same_message(@ForAll byte[] message, @ForAll long seed) {
        var heard = new Heard();
        var binaries = new BinaryParts(Math.max(1, message.length), heard);
        var random = new Random(seed);

        int at = 0;
        while (at < message.length || random.nextBoolean()) {
            int count = random.nextInt(message.length - at + 1);
            binaries.part(ByteBuffer.wrap(message, at, count), false);
            at += count;
        }
        binaries.part(ByteBuffer.allocate(0), true);

        assertThat(heard.binaries).containsExactly(ByteBuffer.wrap(message));
    }

    private static final class Heard implements WebSocketInbound {

        private final List<String> log = new ArrayList<>();
        private final List<ByteBuffer> binaries = new ArrayList<>();

        @Override
        public void text(String message) {
            log.add(message);
        }

        @Override
        public void binary(ByteBuffer message) {
            binaries.add(message);
        }

        @Override
        public void tooLarge() {
            log.add("too large");
        }

        @Override
        public void closed() {}

        @Override
        public void failed() {}
    }
}
