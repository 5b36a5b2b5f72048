package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Caller;
import dev.parley.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of facts whose commit failed, when the database can be asked again. */
class FactOutcomesTest extends OnEachDatabase {

    private Caller alice;
    private Caller bob;
    private Room room;

    FactOutcomesTest(Database database) {
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
    void a_message_that_is_there_after_all_is_told() {
        chat.say(alice, room.id(), "Ahoy");
        ChatFact posted = chat.facts.heard().getFirst();

        assertThat(outcome(posted)).contains(posted);
    }

    @Test
    void a_message_that_is_not_there_is_not_told() {
        Message said = chat.say(alice, room.id(), "Ahoy");
        Message never = new Message(
                UUID.randomUUID(),
                room.id(),
                2,
                said.sender(),
                UUID.randomUUID(),
                Message.Kind.TEXT,
                "?",
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                said.sentAt(),
                null,
                null,
                null);

        assertThat(outcome(new ChatFact.MessagePosted(room.id(), never))).isEmpty();
    }

    @Test
    void changes_are_told_as_they_are_now() {
        Message said = chat.say(alice, room.id(), "Ahoy");
        Message edited = chat.chat(service -> service.edit(alice, said.id(), "Ahoy!"));
        Message liked = chat.chat(service -> service.react(bob, said.id(), "⚓", true));
        ChatFact reacted = new ChatFact.ReactionsChanged(room.id(), said.id(), List.of());

        assertThat(outcome(new ChatFact.MessageEdited(room.id(), edited)))
                .contains(new ChatFact.MessageEdited(room.id(), liked));
        assertThat(outcome(reacted)).contains(new ChatFact.ReactionsChanged(room.id(), said.id(), liked.reactions()));
        Message deleted = chat.chat(service -> service.delete(alice, said.id()));
        assertThat(outcome(new ChatFact.MessageEdited(room.id(), edited)))
                .contains(new ChatFact.MessageDeleted(room.id(), deleted));
    }

    @Test
    void who_is_still_there_has_not_left_and_who_is_not_has_not_come() {
        Caller carol = chat.person(named("carol"));
        var users = chat.people.users();
        var ofBob =
                chat.persistence.inTransaction(() -> users.find(bob.userId())).orElseThrow();
        var ofCarol =
                chat.persistence.inTransaction(() -> users.find(carol.userId())).orElseThrow();
        ChatFact left = new ChatFact.MemberLeft(room.id(), ofBob, ChatFact.MemberLeft.Reason.REMOVED);

        assertThat(outcome(left)).isEmpty();
        assertThat(outcome(new ChatFact.MemberJoined(room.id(), ofCarol, room))).isEmpty();
        assertThat(outcome(new ChatFact.MemberJoined(room.id(), ofBob, room))).isPresent();
        chat.members(members -> {
            members.remove(alice, room.id(), bob.userId());
            return null;
        });
        assertThat(outcome(left)).contains(left);
    }

    @Test
    void a_room_is_told_to_those_who_are_in_it() {
        assertThat(outcome(new ChatFact.RoomUpdated(room.id(), Map.of())))
                .hasValueSatisfying(fact -> assertThat(((ChatFact.RoomUpdated) fact).room())
                        .containsOnlyKeys(alice.userId(), bob.userId()));
        assertThat(outcome(new ChatFact.RoomOpened(UUID.randomUUID(), Map.of())))
                .isEmpty();
    }

    private static Optional<ChatFact> outcome(ChatFact fact) {
        return chat.persistence.inTransaction(() -> chat.outcomes.of(fact));
    }
}
