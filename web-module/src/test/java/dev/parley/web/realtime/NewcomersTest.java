package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chat.Message;
import dev.parley.chat.Room;
import dev.parley.socketio.Socket;
import dev.parley.users.User;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class NewcomersTest {

    private static final UUID ROOM = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final Newcomers newcomers = new Newcomers();
    private final List<Long> emitted = new ArrayList<>();
    private final Socket socket = (Socket) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Socket.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "id" -> "newcomer";
                case "emit" ->
                    emitted.add(((ChatBroadcasts.Said) ((Object[]) arguments[1])[0])
                            .message()
                            .seq());
                default -> throw new AssertionError(method);
            });

    @Test
    void hears_what_its_snapshot_does_not_hold_and_nothing_else_of_the_time_before_it() {
        newcomers.expect(socket, Set.of(ROOM));
        assertThat(told(ROOM, 4)).containsExactly("newcomer");
        assertThat(told(ROOM, 5)).containsExactly("newcomer");
        assertThat(told(ROOM, 6)).containsExactly("newcomer");

        newcomers.told(socket, List.of(snapshot(ROOM, 5)));

        assertThat(emitted).containsExactly(6L);
    }

    @Test
    void is_not_told_later_what_its_snapshot_holds() {
        newcomers.expect(socket, Set.of(ROOM));
        newcomers.told(socket, List.of(snapshot(ROOM, 5)));

        assertThat(told(ROOM, 5)).containsExactly("newcomer");
        assertThat(told(ROOM, 6)).isEmpty();
        assertThat(emitted).isEmpty();
    }

    @Test
    void nobody_becomes_new_between_the_look_at_who_is_and_the_telling() throws Exception {
        List<CompletableFuture<Void>> joining = new ArrayList<>();

        newcomers.tell(ROOM, 5, new ChatBroadcasts.Said(message(ROOM, 5)), apart -> {
            joining.add(CompletableFuture.runAsync(() -> newcomers.expect(socket, Set.of(ROOM))));
            assertThatThrownBy(() -> joining.getFirst().get(100, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        });

        joining.getFirst().get(20, TimeUnit.SECONDS);
        assertThat(newcomers.size()).isEqualTo(1);
    }

    @Test
    void hears_as_everybody_in_rooms_that_it_joins_later() {
        newcomers.expect(socket, Set.of(ROOM));

        assertThat(told(OTHER, 1)).isEmpty();
        newcomers.told(socket, List.of(snapshot(ROOM, 5)));
        assertThat(told(OTHER, 2)).isEmpty();
    }

    @Test
    void hears_nothing_of_a_room_that_it_has_lost_meanwhile() {
        newcomers.expect(socket, Set.of(ROOM));
        told(ROOM, 6);

        newcomers.told(socket, List.of());

        assertThat(emitted).isEmpty();
    }

    @Test
    void is_forgotten() {
        newcomers.expect(socket, Set.of(ROOM));
        newcomers.forget(socket);

        assertThat(told(ROOM, 1)).isEmpty();
        assertThat(newcomers.size()).isZero();
    }

    private String[] told(UUID roomId, long seq) {
        return newcomers.apart(roomId, seq, new ChatBroadcasts.Said(message(roomId, seq)));
    }

    private static Room snapshot(UUID id, long lastSeq) {
        return new Room(
                id,
                Room.Kind.PUBLIC,
                "deck",
                null,
                Room.Role.MEMBER,
                1,
                lastSeq,
                0,
                0,
                0,
                0,
                0,
                Room.Notify.ALL,
                null,
                List.of(),
                null);
    }

    private static Message message(UUID roomId, long seq) {
        return new Message(
                UUID.randomUUID(),
                roomId,
                seq,
                new User(UUID.randomUUID(), "bob", "Bob", null),
                UUID.randomUUID(),
                Message.Kind.TEXT,
                "x",
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                null);
    }
}
