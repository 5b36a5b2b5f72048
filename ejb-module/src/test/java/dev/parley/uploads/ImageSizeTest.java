package dev.parley.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "jpg"})
    void reads_what_the_jdk_writes(String format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(123, 45, BufferedImage.TYPE_INT_RGB), format, out);

        assertThat(ImageSize.of(out.toByteArray())).hasValue(new ImageSize(123, 45));
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 9649: lossy, lossless, extended; each 640 x 480
        "52494646000000005745425056503820000000000000009d012a8002e001",
        "52494646000000005745425056503 84c000000002f7fc27700",
        "524946460000000057454250565038580a000000000000007f0200df0100",
    })
    void reads_webp(String hex) {
        assertThat(ImageSize.of(HexFormat.of().parseHex(hex.replace(" ", "")))).hasValueSatisfying(size -> {
            assertThat(size.width()).isEqualTo(640);
            assertThat(size.height()).isEqualTo(480);
        });
    }

    @Test
    void turns_a_picture_as_its_camera_was() {
        byte[] jpeg = HexFormat.of()
                .parseHex(
                        "ffd8" // a picture of 640 x 480 ...
                                + "ffe10022" + "457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100060000"
                                + "00000000"
                                + "ffc0000b08" + "01e0" + "0280" + "01011100");

        assertThat(ImageSize.of(jpeg)).hasValue(new ImageSize(480, 640));
    }

    @Test
    void does_not_believe_in_impossible_sizes() {
        assertThat(ImageSize.of(HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452ffffffff00000001")))
                .isEmpty();
        assertThat(ImageSize.of(HexFormat.of().parseHex("89504e470d0a1a0a0000000d494844520000000000000001")))
                .isEmpty();
        assertThat(ImageSize.of(new byte[0])).isEmpty();
    }

    @Property
    void survives_any_bytes(@ForAll("images") byte[] bytes) {
        assertThat(ImageSize.of(bytes)).isNotNull();
    }

    @Property
    void survives_any_cut(@ForAll("images") byte[] bytes, @ForAll int at) {
        assertThat(ImageSize.of(Arrays.copyOf(bytes, Math.floorMod(at, bytes.length + 1))))
                .isNotNull();
    }

    @Provide
    Arbitrary<byte[]> images() {
        return Arbitraries.of(
                        "",
                        "89504e47",
                        "ffd8ffe1",
                        "ffd8ffe100224578696600004d4d002a",
                        "474946383961",
                        "52494646000000005745425056503858")
                .flatMap(start -> Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(200)
                        .map(rest -> {
                            byte[] prefix = HexFormat.of().parseHex(start);
                            byte[] all = Arrays.copyOf(prefix, prefix.length + rest.length);
                            System.arraycopy(rest, 0, all, prefix.length, rest.length);
                            return all;
                        }));
    }
}
