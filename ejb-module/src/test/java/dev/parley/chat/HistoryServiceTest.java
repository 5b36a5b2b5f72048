package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chat.HistoryService.Cursor;
import dev.parley.chat.HistoryService.Missed;
import dev.parley.chat.HistoryService.Page;
import dev.parley.chat.HistoryService.Window;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.testing.Database;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryServiceTest extends OnEachDatabase {

    private final List<Message> said = new ArrayList<>();
    private Caller alice;
    private Caller bob;
    private Room room;

    HistoryServiceTest(Database database) {
        super(database);
    }

    @BeforeEach
    void a_room_with_ten_messages() {
        alice = chat.person(named("alice"));
        bob = chat.person(named("bob"));
        room = chat.room(alice, bob);
        for (int i = 1; i <= 10; i++) {
            said.add(chat.say(alice, room.id(), "m" + i));
        }
    }

    @Test
    void shows_the_end_of_a_room_first() {
        assertThat(page(null, null, null, 3)).isEqualTo(new Page(said.subList(7, 10), true));
        assertThat(page(null, null, null, 10)).isEqualTo(new Page(said, false));
    }

    @Test
    void pages_backwards() {
        assertThat(page(8L, null, null, 3)).isEqualTo(new Page(said.subList(4, 7), true));
        assertThat(page(4L, null, null, 3)).isEqualTo(new Page(said.subList(0, 3), false));
        assertThat(page(1L, null, null, 3)).isEqualTo(new Page(List.of(), false));
    }

    @Test
    void pages_forwards() {
        assertThat(page(null, 0L, null, 3)).isEqualTo(new Page(said.subList(0, 3), true));
        assertThat(page(null, 7L, null, 3)).isEqualTo(new Page(said.subList(7, 10), false));
        assertThat(page(null, 99L, null, 3)).isEqualTo(new Page(List.of(), false));
    }

    @Test
    void shows_a_message_among_others() {
        assertThat(page(null, null, 5L, 4)).isEqualTo(new Page(said.subList(2, 6), true));
        assertThat(page(null, null, 1L, 2)).isEqualTo(new Page(said.subList(0, 1), true));
        assertThat(page(null, null, 5L, 100)).isEqualTo(new Page(said, false));
    }

    @Test
    void keeps_pages_within_their_bounds() {
        assertThat(new Window(null, null, null, 9_999).limit()).isEqualTo(200);
        refused(Code.INVALID, () -> new Window(null, null, null, 0));
        refused(Code.INVALID, () -> new Window(1L, 2L, null, 10));
    }

    @Test
    void tells_what_was_missed() {
        assertThat(missed(7, 100)).isEqualTo(news(said.subList(7, 10), List.of(), false));
        assertThat(missed(7, 2)).isEqualTo(news(said.subList(7, 9), List.of(), true));
        assertThat(missed(10, 2)).isEqualTo(news(List.of(), List.of(), false));
        refused(Code.INVALID, () -> missed(-5, 100));
    }

    @Test
    void tells_what_of_the_known_has_changed_since_then() {
        Message edited = chat.chat(service -> service.edit(alice, said.get(1).id(), "edited"));
        Message deleted = chat.chat(service -> service.delete(alice, said.get(2).id()));
        Message liked = chat.chat(service -> service.react(bob, said.get(3).id(), "👍", true));
        Message next = chat.say(bob, room.id(), "later");

        assertThat(missed(10, 100)).isEqualTo(news(List.of(next), List.of(edited, deleted, liked), false));
        // who has heard the later message was there when the others changed
        assertThat(missed(11, 100)).isEqualTo(news(List.of(), List.of(), false));
        // who does not know a message gets it as it is now, once
        assertThat(missed(2, 100).updated()).containsExactly(edited);
        assertThat(missed(2, 100).messages()).contains(deleted, liked).hasSize(9);
    }

    @Test
    void tells_that_a_room_is_lost_and_nothing_else_of_it() {
        chat.members(members -> {
            members.remove(alice, room.id(), bob.userId());
            return null;
        });
        UUID unknown = UUID.randomUUID();

        List<Missed> lost = chat.history(history ->
                history.sync(bob, List.of(new Cursor(room.id(), 3), new Cursor(unknown, 0)), 10));

        assertThat(lost)
                .containsExactly(
                        new Missed(room.id(), null, List.of(), List.of(), true, false, false),
                        new Missed(unknown, null, List.of(), List.of(), true, false, false));
    }

    @Test
    void answers_no_more_than_fits_and_says_that_there_is_more() {
        Room big = chat.room(alice);
        for (int i = 0; i < 30; i++) {
            chat.say(alice, big.id(), "x".repeat(Message.MAX_TEXT));
        }

        Missed missed = chat.history(history -> history.sync(alice, List.of(new Cursor(big.id(), 0)), 200))
                .getFirst();

        assertThat(missed.messages()).hasSize(25);
        assertThat(missed.more()).isTrue();
        refused(
                Code.INVALID,
                () -> chat.history(history -> history.sync(
                        alice, Collections.nCopies(HistoryService.MAX_CURSORS + 1, new Cursor(big.id(), 0)), 1)));
    }

    private Page page(@Nullable Long before, @Nullable Long after, @Nullable Long around, int limit) {
        return chat.history(history -> history.page(bob, room.id(), new Window(before, after, around, limit)));
    }

    @Test
    void says_when_more_has_changed_than_it_tells() {
        Room busy = chat.room(alice, bob);
        List<Message> old = java.util.stream.IntStream.rangeClosed(1, HistoryService.MAX_PAGE + 1)
                .mapToObj(i -> chat.say(alice, busy.id(), "m" + i))
                .toList();
        Cursor cursor = new Cursor(busy.id(), old.getLast().seq());
        old.subList(1, old.size()).forEach(one -> chat.chat(service -> service.edit(alice, one.id(), "edited")));
        Missed all =
                chat.history(history -> history.sync(bob, List.of(cursor), 10)).getFirst();

        chat.chat(service -> service.edit(alice, old.getFirst().id(), "edited"));
        Missed most =
                chat.history(history -> history.sync(bob, List.of(cursor), 10)).getFirst();

        assertThat(all.stale()).isFalse();
        assertThat(all.updated()).extracting(Message::seq).isSorted().hasSize(HistoryService.MAX_PAGE);
        assertThat(most.stale()).isTrue();
    }

    @Test
    void tells_what_became_of_the_room_and_of_the_callers_place_in_it() {
        chat.rooms(rooms -> rooms.change(alice, room.id(), new RoomService.RoomChange("Boat", null, null)));
        chat.members(members -> members.put(alice, room.id(), bob.userId(), Room.Role.MODERATOR));

        Room seen = missed(10, 10).room();

        assertThat(seen).isNotNull();
        assertThat(seen.name()).isEqualTo("Boat");
        assertThat(seen.role()).isEqualTo(Room.Role.MODERATOR);
        assertThat(seen.unread()).isEqualTo(10);
    }

    private Missed news(List<Message> messages, List<Message> updated, boolean more) {
        Room seen = chat.rooms(rooms -> rooms.room(bob, room.id()));
        return new Missed(room.id(), seen, messages, updated, false, false, more);
    }

    private Missed missed(long afterSeq, int limit) {
        return chat.history(history -> history.sync(bob, List.of(new Cursor(room.id(), afterSeq)), limit))
                .getFirst();
    }
}
