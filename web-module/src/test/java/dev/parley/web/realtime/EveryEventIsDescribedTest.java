package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parley.socketio.jakarta.OnEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the server listens to is what the contract says; the tests from outside read it there. */
class EveryEventIsDescribedTest {

    @Test
    void every_handler_is_in_the_contract_and_the_other_way_round() throws IOException {
        Set<String> handled = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.parley.web.realtime")
                        .stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(OnEvent.class))
                        .map(method -> method.getAnnotationOfType(OnEvent.class).value())
                        .collect(Collectors.toCollection(TreeSet::new));

        String contract = Files.readString(Path.of("..", "docs", "contract", "asyncapi.yaml"));
        String client = contract.substring(contract.indexOf("  client:"), contract.indexOf("  server:"));
        Set<String> described = Pattern.compile("(?m)^      (\\w+): \\{payload")
                .matcher(client)
                .results()
                .map(event -> event.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(handled).isEqualTo(described);
    }
}
