package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.calls.Call;
import dev.parley.chat.Message;
import dev.parley.chat.Room;
import dev.parley.presence.Presence;
import dev.parley.uploads.UploadTicket;
import dev.parley.web.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What docs/contract/examples shows is what the server writes: each example survives being read and written again, field by field. */
class ContractExamplesTest {

    private static final Path EXAMPLES = Path.of("..", "docs", "contract", "examples");

    private static final Map<String, Class<?>> SHAPES = Map.ofEntries(
            Map.entry("room", Room.class),
            Map.entry("room_direct", Room.class),
            Map.entry("message", Message.class),
            Map.entry("message_media", Message.class),
            Map.entry("message_deleted", Message.class),
            Map.entry("message_thread", Message.class),
            Map.entry("presence", Presence.class),
            Map.entry("presence_offline", Presence.class),
            Map.entry("call", Call.class),
            Map.entry("call_ended", Call.class),
            Map.entry("call_signal", CallEvents.RelayedSignal.class),
            Map.entry("session", SessionEvents.Session.class),
            Map.entry("upload_ticket", UploadTicket.class),
            Map.entry("ack_rate_limited", ParleyReplies.Failure.class));

    private final ObjectMapper json = Json.mapper();

    @TestFactory
    Stream<DynamicTest> survives_being_read_and_written() {
        return SHAPES.entrySet().stream()
                .map(shape -> DynamicTest.dynamicTest(shape.getKey(), () -> {
                    var example = read(shape.getKey());

                    Object value = json.treeToValue(example, shape.getValue());

                    assertThat(written(value)).isEqualTo(example);
                }));
    }

    @Test
    void acknowledgements_wrap_what_handlers_return() throws IOException {
        var example = read("ack_message_send");
        var receipt = json.treeToValue(example.path("data"), ChatEvents.MessageReceipt.class);

        var success = new ParleyReplies.Success(true, receipt);

        assertThat(written(success)).isEqualTo(example);
    }

    @Test
    void sync_answers_room_by_room() throws IOException {
        var example = read("ack_sync");
        var synced = json.treeToValue(example.path("data"), ChatEvents.Synced.class);

        assertThat(written(synced)).isEqualTo(example.path("data"));
    }

    /** By way of text: a tree made from values tells long from int, which the wire does not. */
    private JsonNode written(Object value) throws IOException {
        return json.readTree(json.writeValueAsString(value));
    }

    private JsonNode read(String name) throws IOException {
        return json.readTree(Files.readString(EXAMPLES.resolve(name + ".json")));
    }
}
