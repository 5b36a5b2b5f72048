package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parley.socketio.jakarta.OnEvent;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the server listens to is what the contract says, field by field; the tests from outside read it there. */
class EveryEventIsDescribedTest {

    @Test
    void every_handler_reads_the_fields_that_the_contract_has_and_the_other_way_round() throws IOException {
        Map<String, Set<String>> read = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.parley.web.realtime")
                        .stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(OnEvent.class))
                        .map(JavaMethod::reflect)
                        .collect(Collectors.toMap(
                                method -> method.getAnnotation(OnEvent.class).value(),
                                EveryEventIsDescribedTest::fields,
                                (one, other) -> one,
                                TreeMap::new));

        assertThat(read).isEqualTo(described());
    }

    /** Of the payload: the one record of this package among a handler's parameters. */
    private static Set<String> fields(Method handler) {
        return Arrays.stream(handler.getParameterTypes())
                .filter(type -> type.isRecord() && type.getPackage().equals(ChatEvents.class.getPackage()))
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> described() throws IOException {
        JsonNode contract = YAMLMapper.builder()
                .build()
                .readTree(Path.of("..", "docs", "contract", "asyncapi.yaml").toFile());
        Map<String, Set<String>> events = new TreeMap<>();
        contract.at("/channels/client/messages").properties().forEach(event -> {
            Set<String> fields = new TreeSet<>();
            event.getValue().at("/payload/properties").properties().forEach(field -> fields.add(field.getKey()));
            events.put(event.getKey(), fields);
        });
        return events;
    }
}
