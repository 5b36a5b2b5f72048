package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.testing.Database;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatServiceTest extends OnEachDatabase {

    private Caller alice;
    private Caller bob;
    private Room room;

    ChatServiceTest(Database database) {
        super(database);
    }

    @BeforeEach
    void a_room_of_two() {
        alice = chat.person(named("alice"));
        bob = chat.person(named("bob"));
        room = chat.room(alice, bob);
        chat.facts.heard();
    }

    @Test
    void counts_what_is_unread_among_the_newest_ten_thousand() {
        Caller alice = chat.person(named("alice"));
        Caller bob = chat.person(named("bob"));
        Room room = chat.room(alice, bob);
        chat.say(alice, room.id(), "@" + bob.username() + " first");

        numbered(room, RoomViews.MOST_COUNTED - 1);
        chat.say(alice, room.id(), "last of ten thousand");
        Room within = chat.rooms(rooms -> rooms.room(bob, room.id()));
        chat.say(alice, room.id(), "one more");
        Room beyond = chat.rooms(rooms -> rooms.room(bob, room.id()));

        assertThat(within.unread()).isEqualTo(2);
        assertThat(within.mentions()).isOne();
        assertThat(beyond.unread()).isEqualTo(2);
        assertThat(beyond.mentions()).isZero();
    }

    /** As if so many had been said. */
    private void numbered(Room room, long lastSeq) {
        chat.persistence.inTransaction(() -> chat.persistence
                .entities()
                .createQuery("update RoomRow r set r.lastSeq = :seq where r.id = :room")
                .setParameter("seq", lastSeq)
                .setParameter("room", room.id())
                .executeUpdate());
    }

    @Test
    void counts_the_messages_of_a_room_from_one() {
        Message first = chat.say(alice, room.id(), "Ahoy");
        Message second = chat.say(bob, room.id(), "Ahoy!");

        assertThat(first.seq()).isEqualTo(1);
        assertThat(second.seq()).isEqualTo(2);
        assertThat(first.sender().id()).isEqualTo(alice.userId());
        assertThat(first.kind()).isEqualTo(Message.Kind.TEXT);
        assertThat(first.sentAt()).isEqualTo(first.sentAt().truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
        assertThat(chat.facts.heard())
                .containsExactly(
                        new ChatFact.MessagePosted(room.id(), first), new ChatFact.MessagePosted(room.id(), second));
    }

    @Test
    void reads_back_what_it_returned() {
        Message said = chat.say(alice, room.id(), "Grüße 🚢 an @" + bob.username() + "!");

        Message read = chat.history(history -> history.message(bob, said.id()));

        assertThat(read).isEqualTo(said);
    }

    @Test
    void says_the_same_client_id_once() {
        UUID clientId = UUID.randomUUID();
        Message first = chat.say(alice, room.id(), clientId, "Once");

        Message again = chat.say(alice, room.id(), clientId, "Twice?");

        assertThat(again).isEqualTo(first);
        assertThat(chat.say(bob, room.id(), clientId, "Mine").seq()).isEqualTo(2);
        assertThat(chat.facts.heard()).hasSize(2);
    }

    @Test
    void gives_the_first_message_for_its_client_id_in_another_room_too() {
        UUID clientId = UUID.randomUUID();
        Message first = chat.say(alice, room.id(), clientId, "Once");
        Room other = chat.room(alice);

        assertThat(chat.say(alice, other.id(), clientId, "Twice?")).isEqualTo(first);
        assertThat(chat.rooms(rooms -> rooms.room(alice, other.id())).lastSeq()).isZero();
    }

    @Test
    void does_not_show_the_first_message_to_who_may_not_see_it_any_more() {
        UUID clientId = UUID.randomUUID();
        chat.say(bob, room.id(), clientId, "Once");
        chat.members(members -> {
            members.remove(alice, room.id(), bob.userId());
            return null;
        });
        Room other = chat.room(bob);

        refused(Code.CONFLICT, () -> chat.say(bob, other.id(), clientId, "Twice?"));
    }

    @Test
    void takes_sixteen_thousand_characters_and_not_one_more() {
        Message longest = chat.say(alice, room.id(), "🚢".repeat(Message.MAX_TEXT));

        assertThat(longest.text()).hasSize(2 * Message.MAX_TEXT);
        assertThatThrownBy(() -> chat.say(alice, room.id(), "a".repeat(Message.MAX_TEXT + 1)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(Code.TOO_LARGE);
                    assertThat(problem.details()).containsEntry("limit", 16_000);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n\t", "a\0b", "\ud800", "\udc00x"})
    void refuses_what_is_no_text(String text) {
        refused(Code.INVALID, () -> chat.say(alice, room.id(), text));
        assertThat(chat.facts.heard()).isEmpty();
    }

    @Test
    void replies_to_messages_of_the_same_room_only() {
        Message question = chat.say(alice, room.id(), "Where to?");
        Room other = chat.room(alice);

        Message answer = chat.chat(
                service -> service.post(bob, room.id(), Draft.text(UUID.randomUUID(), "South", question.id())));

        assertThat(answer.replyTo()).isEqualTo(question.id());
        refused(
                Code.INVALID,
                () -> chat.chat(service ->
                        service.post(alice, other.id(), Draft.text(UUID.randomUUID(), "South", question.id()))));
        assertThat(chat.rooms(rooms -> rooms.room(alice, other.id())).lastSeq()).isZero();
    }

    @Test
    void counts_what_others_said_behind_the_read_mark() {
        chat.say(alice, room.id(), "One");
        chat.say(alice, room.id(), "Two, @" + bob.username() + ".");
        chat.say(bob, room.id(), "Own");

        assertThat(seenBy(bob)).extracting(Room::unread, Room::mentions).containsExactly(2L, 1L);
        assertThat(seenBy(alice)).extracting(Room::unread, Room::mentions).containsExactly(1L, 0L);
    }

    @Test
    void moves_the_read_mark_forward_and_back() {
        chat.say(alice, room.id(), "One");
        chat.say(alice, room.id(), "Two, @" + bob.username());
        chat.facts.heard();

        ChatService.ReadState all = new ChatService.ReadState(2, 0, 0, 2);
        ChatService.ReadState one = new ChatService.ReadState(1, 1, 1, 2);
        assertThat(mark(bob, 99)).isEqualTo(all);
        assertThat(mark(bob, 1)).isEqualTo(one);
        assertThat(mark(bob, 1)).isEqualTo(one);
        assertThat(chat.facts.heard())
                .containsExactly(
                        new ChatFact.ReadMarked(room.id(), bob.userId(), all),
                        new ChatFact.ReadMarked(room.id(), bob.userId(), one));
        refused(Code.INVALID, () -> mark(bob, -1));
    }

    @Test
    void lets_only_the_author_change_a_text() {
        Message said = chat.say(alice, room.id(), "Norht");
        chat.facts.heard();

        Message edited = chat.chat(service -> service.edit(alice, said.id(), "North, @" + bob.username()));

        assertThat(edited.text()).startsWith("North");
        assertThat(edited.editedAt()).isNotNull();
        assertThat(edited.mentions()).containsExactly(bob.userId());
        assertThat(chat.facts.heard()).containsExactly(new ChatFact.MessageEdited(room.id(), edited));
        refused(Code.FORBIDDEN, () -> chat.chat(service -> service.edit(bob, said.id(), "South")));
        refused(Code.INVALID, () -> chat.chat(service -> service.edit(alice, said.id(), " ")));
    }

    @Test
    void leaves_only_the_place_of_a_deleted_message() {
        Message said = chat.say(bob, room.id(), "Secret for @" + alice.username());
        chat.chat(service -> service.react(alice, said.id(), "👍", true));
        chat.facts.heard();

        Message deleted = chat.chat(service -> service.delete(bob, said.id()));

        assertThat(deleted.text()).isEmpty();
        assertThat(deleted.deletedAt()).isNotNull();
        assertThat(deleted.seq()).isEqualTo(said.seq());
        assertThat(deleted.reactions()).isEmpty();
        assertThat(deleted.mentions()).isEmpty();
        assertThat(seenBy(alice)).extracting(Room::unread, Room::mentions).containsExactly(0L, 0L);
        assertThat(chat.facts.heard()).containsExactly(new ChatFact.MessageDeleted(room.id(), deleted));
        Message again = chat.chat(service -> service.delete(bob, said.id()));
        assertThat(again).isEqualTo(deleted);
        refused(Code.CONFLICT, () -> chat.chat(service -> service.edit(bob, said.id(), "Back")));
        refused(Code.CONFLICT, () -> chat.chat(service -> service.react(bob, said.id(), "👍", true)));
    }

    @Test
    void lets_moderators_delete_what_others_said_and_nobody_else() {
        Message ofBob = chat.say(bob, room.id(), "Rude");
        Message ofAlice = chat.say(alice, room.id(), "Polite");

        assertThat(chat.chat(service -> service.delete(alice, ofBob.id())).deletedAt())
                .isNotNull();
        refused(Code.FORBIDDEN, () -> chat.chat(service -> service.delete(bob, ofAlice.id())));
    }

    @Test
    void sets_and_takes_back_reactions() {
        Message said = chat.say(alice, room.id(), "Land!");
        chat.facts.heard();

        chat.chat(service -> service.react(bob, said.id(), "👍", true));
        chat.chat(service -> service.react(bob, said.id(), "👍", true));
        Message both = chat.chat(service -> service.react(alice, said.id(), "👍", true));
        Message one = chat.chat(service -> service.react(bob, said.id(), "👍", false));

        assertThat(both.reactions()).hasSize(1);
        assertThat(both.reactions().getFirst().userIds()).containsExactlyInAnyOrder(alice.userId(), bob.userId());
        assertThat(one.reactions()).containsExactly(new Reaction("👍", List.of(alice.userId())));
        assertThat(chat.facts.heard()).hasSize(3);
        refused(Code.INVALID, () -> chat.chat(service -> service.react(bob, said.id(), " ", true)));
        refused(Code.INVALID, () -> chat.chat(service -> service.react(bob, said.id(), "x".repeat(33), true)));
    }

    @Test
    void refuses_the_fifty_first_different_reaction() {
        Message said = chat.say(alice, room.id(), "Vote");
        for (int i = 0; i < ChatService.MAX_REACTIONS; i++) {
            String emoji = "e" + i;
            chat.chat(service -> service.react(alice, said.id(), emoji, true));
        }

        assertThat(chat.chat(service -> service.react(bob, said.id(), "e0", true))
                        .reactions())
                .hasSize(50);
        refused(Code.CONFLICT, () -> chat.chat(service -> service.react(bob, said.id(), "e50", true)));
    }

    @Test
    void names_members_only_and_nobody_in_an_address() {
        Caller carol = chat.person(named("carol"));
        String text = "@%s, @%s and mail@%s or @nobody"
                .formatted(bob.username().toUpperCase(java.util.Locale.ROOT), carol.username(), alice.username());

        assertThat(chat.say(alice, room.id(), text).mentions()).containsExactly(bob.userId());
    }

    private Room seenBy(Caller caller) {
        return chat.rooms(rooms -> rooms.room(caller, room.id()));
    }

    private ChatService.ReadState mark(Caller caller, long seq) {
        return chat.chat(service -> service.markRead(caller, room.id(), seq));
    }
}
