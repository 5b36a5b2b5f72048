package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chat.SearchService.Has;
import dev.parley.chat.SearchService.Question;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.testing.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchServiceTest extends OnEachDatabase {

    private Caller alice;
    private Caller bob;
    private Room room;

    SearchServiceTest(Database database) {
        super(database);
    }

    @BeforeEach
    void a_room_of_two() {
        alice = chat.person(named("alice"));
        bob = chat.person(named("bob"));
        room = chat.room(alice, bob);
    }

    @Test
    void finds_every_word_whatever_its_case() {
        Message first = chat.say(alice, room.id(), "The Captain sees an ÄLBATROSS");
        chat.say(alice, room.id(), "The captain sleeps");

        assertThat(find(bob, "captain älbatross")).containsExactly(first);
        assertThat(find(bob, "CAPTAIN")).hasSize(2);
        assertThat(find(bob, "whale")).isEmpty();
    }

    @Test
    void takes_every_character_for_itself() {
        Message percent = chat.say(alice, room.id(), "100% of_it!");
        chat.say(alice, room.id(), "1000 of it");

        assertThat(find(bob, "100%")).containsExactly(percent);
        assertThat(find(bob, "of_it")).containsExactly(percent);
        assertThat(find(bob, "it!")).containsExactly(percent);
        assertThat(find(bob, "' or 1=1 --")).isEmpty();
    }

    @Test
    void shows_only_what_one_may_read() {
        Message said = chat.say(alice, room.id(), "unicorn");
        Message deleted = chat.say(alice, room.id(), "unicorn too");
        chat.chat(service -> service.delete(alice, deleted.id()));
        Caller stranger = chat.person(named("mallory"));

        assertThat(find(bob, "unicorn")).containsExactly(said);
        assertThat(find(stranger, "unicorn")).isEmpty();
        refused(Code.NOT_FOUND, () -> ask(stranger, question("unicorn", room.id(), null, null)));
        chat.members(members -> {
            members.remove(alice, room.id(), bob.userId());
            return null;
        });
        assertThat(find(bob, "unicorn")).isEmpty();
    }

    @Test
    void narrows_by_room_person_time_and_content() {
        Room other = chat.room(alice);
        chat.say(alice, other.id(), "see https://example.org elsewhere");
        Message link = chat.say(alice, room.id(), "see https://example.org");
        Message plain = chat.say(bob, room.id(), "see nothing");

        assertThat(ask(alice, question("see", room.id(), null, null)).messages())
                .containsExactly(plain, link);
        assertThat(ask(alice, question("", room.id(), bob.username(), null)).messages())
                .containsExactly(plain);
        assertThat(ask(alice, question("see", null, bob.userId().toString(), null))
                        .messages())
                .containsExactly(plain);
        assertThat(ask(alice, question("see", null, "nobody", null)).messages()).isEmpty();
        assertThat(ask(alice, question("", room.id(), null, Has.LINK)).messages())
                .containsExactly(link);
        assertThat(ask(alice, question("", room.id(), null, Has.FILE)).messages())
                .isEmpty();
        Instant later = Instant.now().plusSeconds(60);
        assertThat(ask(alice, new Question("see", null, null, null, later, null, 10))
                        .messages())
                .isEmpty();
        assertThat(ask(alice, new Question("see", null, null, later, null, null, 2)))
                .satisfies(page -> {
                    assertThat(page.messages()).containsExactly(plain, link);
                    assertThat(page.more()).isTrue();
                });
    }

    @Test
    void wants_to_know_something() {
        refused(Code.INVALID, () -> question("  ", null, null, null));
        refused(Code.TOO_LARGE, () -> question("x".repeat(201), null, null, null));
    }

    private static Question question(String text, UUID roomId, String from, Has has) {
        return new Question(text, roomId, from, null, null, has, 50);
    }

    private static List<Message> find(Caller caller, String text) {
        return ask(caller, question(text, null, null, null)).messages();
    }

    private static HistoryService.Page ask(Caller caller, Question question) {
        return chat.search(search -> search.search(caller, question));
    }
}
