package dev.parley.socketio.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However the bytes of frames are cut into reads, the same is heard. */
class FrameReaderProperties {

    @Property(tries = 300)
    void any_cut_reads_alike(
            @ForAll @Size(max = 6) List<@IntRange(max = 300) Integer> lengths,
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 50) Integer> cuts) {
        var frames = new ClientFrames();
        for (int length : lengths) {
            if (length % 3 == 0) {
                frames.frame(1, new byte[length])
                        .frame(0x89, new byte[length % 126])
                        .frame(0x80, new byte[length]);
            } else if (length % 3 == 1) {
                frames.binary(new byte[length]);
            } else {
                frames.text("é".repeat(length));
            }
        }

        assertThat(inPieces(frames.bytes(), cuts)).isEqualTo(inPieces(frames.bytes(), List.of()));
    }

    @Property(tries = 1000)
    void any_bytes_are_read_or_refused(@ForAll byte[] bytes) {
        try {
            new FrameReader(1000, new Recorded()).read(bytes, 0, bytes.length);
        } catch (FrameException refused) {
            assertThat(refused.code()).isIn(1002, 1007, 1009);
        }
    }

    private static List<String> inPieces(byte[] bytes, List<Integer> cuts) {
        var sink = new Recorded();
        var reader = new FrameReader(10_000, sink);
        int from = 0;
        for (int i = 0; from < bytes.length; i++) {
            int to = i < cuts.size() ? Math.min(bytes.length, from + cuts.get(i)) : bytes.length;
            var piece = java.util.Arrays.copyOfRange(bytes, from, to);
            reader.read(piece, 0, piece.length);
            from = to;
        }
        return sink.heard;
    }
}
