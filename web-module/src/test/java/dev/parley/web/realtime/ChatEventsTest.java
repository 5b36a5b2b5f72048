package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.Socket;
import dev.parley.web.realtime.ChatEvents.Ephemeral;
import dev.parley.web.realtime.ChatEvents.Signal;
import dev.parley.web.realtime.ChatEvents.Typing;
import dev.parley.web.realtime.ChatEvents.TypingNotice;
import dev.parley.web.wire.Failures;
import dev.parley.web.wire.Json;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEventsTest {

    private static final UUID ROOM = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final Caller alice = new Caller(UUID.randomUUID(), UUID.randomUUID(), "alice", Set.of());
    private final List<Object> relayed = new ArrayList<>();
    private final Socket socket = socketIn(Audience.room(ROOM));

    /** Without any service: whatever these handlers do, they can neither ask nor write a database. */
    private final ChatEvents events = new ChatEvents();

    private long members = 200;

    @BeforeEach
    void count() {
        events.sizes = new RoomSizes(room -> members, Clock.systemUTC(), 200);
    }

    @Test
    void relays_typing_without_a_service() {
        UUID thread = UUID.randomUUID();

        events.typing(alice, socket, new Typing(ROOM, thread, true));

        assertThat(relayed)
                .containsExactly("volatileEmit", "typing", new TypingNotice(ROOM, thread, alice.userId(), true));
    }

    @Test
    void relays_no_typing_in_a_crowd() {
        members = 201;

        events.typing(alice, socket, new Typing(ROOM, null, true));

        assertThat(relayed).isEmpty();
    }

    @Test
    void relays_notices_without_a_service() {
        TextNode data = TextNode.valueOf("hand up");

        events.signal(alice, socket, new Signal(ROOM, "hand", data));

        assertThat(relayed)
                .containsExactly("volatileEmit", "ephemeral", new Ephemeral(ROOM, alice.userId(), "hand", data));
    }

    @Test
    void relays_nothing_into_rooms_that_the_socket_is_not_in() {
        refused(Code.NOT_FOUND, () -> events.typing(alice, socket, new Typing(OTHER, null, true)));
        refused(Code.NOT_FOUND, () -> events.signal(alice, socket, new Signal(OTHER, "hand", null)));

        assertThat(relayed).isEmpty();
    }

    @Test
    void keeps_notices_small() {
        // with its two quotes exactly 4 KiB, then one byte more
        events.signal(alice, socket, new Signal(ROOM, "x", TextNode.valueOf("y".repeat(4094))));
        refused(
                Code.TOO_LARGE,
                () -> events.signal(alice, socket, new Signal(ROOM, "x", TextNode.valueOf("y".repeat(4095)))));
        refused(Code.INVALID, () -> new Signal(ROOM, " ", null));
        refused(Code.INVALID, () -> new Signal(ROOM, "x".repeat(65), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "5",
                "{\"roomId\":null,\"clientId\":null,\"text\":null}",
                "{\"roomId\":\"%1$s\",\"clientId\":\"nope\",\"text\":\"x\"}",
                "{\"roomId\":\"%1$s\",\"clientId\":\"%1$s\"}",
                "{\"roomId\":\"%1$s\",\"clientId\":\"%1$s\",\"text\":7}"
            })
    void says_that_a_message_is_invalid(String json) {
        ObjectMapper mapper = Json.mapper();

        assertThatThrownBy(() -> mapper.readValue(json.formatted(ROOM), ChatEvents.SendMessage.class))
                .satisfies(failure ->
                        assertThat(Failures.explain(failure, "test").code()).isEqualTo(Code.INVALID));
    }

    private static void refused(Code code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    /** Knows its rooms and relays; anything else it is asked fails the test. */
    private Socket socketIn(String room) {
        return (Socket) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Socket.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "rooms" -> Set.of(room);
                    case "within" -> others();
                    default -> throw new AssertionError(method);
                });
    }

    private Broadcast others() {
        return (Broadcast) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Broadcast.class}, (proxy, method, arguments) -> {
                    relayed.add(method.getName());
                    relayed.add(arguments[0]);
                    relayed.addAll(List.of((Object[]) arguments[1]));
                    return null;
                });
    }
}
