package dev.parley.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTypeTest {

    @ParameterizedTest
    @CsvSource({
        "image/png, 89504e470d0a1a0a00",
        "image/jpeg, ffd8ffe000104a464946",
        "image/gif, 474946383961",
        "image/webp, 52494646aabbccdd57454250",
        "image/avif, 0000001c6674797061766966",
        "video/mp4, 000000206674797069736f6d",
        "video/webm, 1a45dfa3",
        "audio/mpeg, 494433030000",
        "audio/mpeg, fffb9064",
        "audio/ogg, 4f67675300",
        "audio/wav, 52494646aabbccdd57415645",
        "application/pdf, 255044462d312e37",
        "application/zip, 504b0304",
        "text/plain, 477275c39f",
        "application/json, 7b7d",
    })
    void recognises(String contentType, String hex) {
        assertThat(FileType.of(contentType))
                .hasValueSatisfying(
                        type -> assertThat(type.begins()).accepts(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, 4d5a9000",
        "image/png, 89504e47",
        "image/jpeg, 3c68746d6c3e",
        "image/webp, 52494646aabbccdd57415645",
        "image/avif, 000000206674797069736f6d",
        "video/mp4, 0000001c6674797061766966",
        "audio/mpeg, ffff",
        "text/plain, 4d5a9000",
        "image/svg+xml, 89504e470d0a1a0a00",
        "application/pdf, ''",
    })
    void is_not_deceived(String contentType, String hex) {
        assertThat(FileType.of(contentType))
                .hasValueSatisfying(
                        type -> assertThat(type.begins()).rejects(HexFormat.of().parseHex(hex)));
    }

    @Test
    void knows_a_type_whatever_its_case_and_parameters() {
        assertThat(FileType.of("Text/Plain; charset=utf-8"))
                .map(FileType::contentType)
                .hasValue("text/plain");
        assertThat(FileType.of("application/x-msdownload")).isEmpty();
        assertThat(FileType.of("")).isEmpty();
    }

    @Test
    void shows_nothing_that_may_hold_scripts() {
        assertThat(FileType.known())
                .filteredOn(type -> FileType.of(type).orElseThrow().inline())
                .allMatch(type -> type.matches("(image|audio|video)/.*"))
                .doesNotContain("image/svg+xml");
    }

    @Test
    void names_a_download_for_old_and_new_browsers_and_lets_nothing_out_of_the_quotes() {
        String disposition = MediaService.disposition("attachment", "Käpt'n\"\r\n*.png");

        assertThat(disposition)
                .isEqualTo("attachment; filename=\"K_pt_n____.png\"; filename*=UTF-8''K%C3%A4pt%27n%22%0D%0A%2A.png");
        assertThat(disposition.getBytes(StandardCharsets.US_ASCII)).doesNotContain((byte) '?');
    }
}
