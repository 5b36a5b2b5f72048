package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Caller;
import dev.parley.users.ProfileChanged;
import dev.parley.users.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpeakersTest {

    private static final User ALICE = new User(UUID.randomUUID(), "alice", "Alice", null);
    private static final User BOB = new User(UUID.randomUUID(), "bob", "Bob", null);

    private final UUID roomId = UUID.randomUUID();
    private long now;
    private final Speakers speakers = new Speakers(() -> now);

    @Test
    void knows_senders_of_whom_all_have_just_spoken_there() {
        speakers.remember(roomId, List.of(ALICE, BOB));

        assertThat(speakers.of(roomId, posts(ALICE, BOB, ALICE))).contains(Map.of(ALICE.id(), ALICE, BOB.id(), BOB));
        assertThat(speakers.of(UUID.randomUUID(), posts(ALICE))).isEmpty();
    }

    @Test
    void knows_nobody_among_strangers() {
        speakers.remember(roomId, List.of(ALICE));

        assertThat(speakers.of(roomId, posts(ALICE, BOB))).isEmpty();
    }

    @Test
    void forgets_soon() {
        speakers.remember(roomId, List.of(ALICE));
        now = Speakers.FRESH.toNanos();
        assertThat(speakers.of(roomId, posts(ALICE))).isPresent();

        now++;

        assertThat(speakers.of(roomId, posts(ALICE))).isEmpty();
    }

    @Test
    void forgets_who_is_called_something_else() {
        speakers.remember(roomId, List.of(ALICE, BOB));

        speakers.changed(new ProfileChanged(new User(ALICE.id(), "alice", "Al", null)));

        assertThat(speakers.of(roomId, posts(ALICE))).isEmpty();
        assertThat(speakers.of(roomId, posts(BOB))).isPresent();
    }

    @Test
    void fills_no_memory() {
        speakers.remember(roomId, List.of(ALICE));
        Stream.generate(UUID::randomUUID).limit(Speakers.MOST).forEach(other -> speakers.remember(other, List.of(BOB)));

        assertThat(speakers.of(roomId, posts(ALICE))).isEmpty();
    }

    private static List<Post> posts(User... senders) {
        return Stream.of(senders)
                .map(user -> new Post(
                        new Caller(user.id(), UUID.randomUUID(), user.username(), Set.of()),
                        Draft.text(UUID.randomUUID(), "Aye", null)))
                .toList();
    }
}
