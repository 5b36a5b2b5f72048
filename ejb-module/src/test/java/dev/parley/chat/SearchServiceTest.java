package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chat.SearchQuery.Has;
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
        assertThat(ask(alice, new Question(SearchQuery.parse("see").and(null, null, later, null), null, null, 10))
                        .messages())
                .isEmpty();
        assertThat(ask(alice, new Question(SearchQuery.parse("see").and(null, later, null, null), null, null, 2)))
                .satisfies(page -> {
                    assertThat(page.messages()).containsExactly(plain, link);
                    assertThat(page.more()).isTrue();
                });
    }

    @Test
    void understands_what_people_type() {
        Room named = chat.rooms(rooms -> rooms.create(
                alice,
                new RoomService.NewRoom(Room.Kind.PUBLIC, named("Town Square"), null, java.util.Set.of(bob.userId()))));
        Message link = chat.say(alice, named.id(), "see https://example.org/path");
        Message plain = chat.say(bob, room.id(), "see nothing");

        assertThat(find(alice, "see from:@" + bob.username())).containsExactly(plain);
        assertThat(find(alice, "SEE from:me")).containsExactly(link);
        assertThat(find(alice, "in:\"" + named.name().toUpperCase(java.util.Locale.ROOT) + "\" see"))
                .containsExactly(link);
        assertThat(find(alice, "in:" + room.id() + " see")).containsExactly(plain);
        assertThat(find(alice, "in:nowhere see")).isEmpty();
        assertThat(find(alice, "has:link example")).containsExactly(link);
        assertThat(find(alice, "example.org/pa")).containsExactly(link);
        assertThat(find(alice, "\"see nothing\"")).containsExactly(plain);
        assertThat(find(alice, "see after:2020-01-01 before:9998-01-01T00:00:00Z"))
                .hasSize(2);
        assertThat(find(alice, "see before:2020-01-01")).isEmpty();
        refused(Code.INVALID, () -> question("see before:yesterday", null, null, null));
        refused(Code.INVALID, () -> question("has:cheese", null, null, null));
        refused(Code.INVALID, () -> question("a b c d e f g h i j k", null, null, null));
    }

    @Test
    void is_right_the_moment_after_an_edit() {
        Message said = chat.say(alice, room.id(), "albatross");

        Message edited = chat.chat(service -> service.edit(alice, said.id(), "pelican"));

        assertThat(find(bob, "albatross")).isEmpty();
        assertThat(find(bob, "pelican")).containsExactly(edited);
    }

    @Test
    void goes_on_where_the_page_before_ended_and_shows_where_the_words_are() {
        for (int i = 1; i <= 5; i++) {
            chat.say(alice, room.id(), "whale " + i + ", Whale!");
        }

        SearchService.Found first = ask(bob, new Question(SearchQuery.parse("whale"), null, null, 3));
        SearchService.Found second = ask(bob, new Question(SearchQuery.parse("whale"), null, first.cursor(), 3));

        assertThat(first.more()).isTrue();
        assertThat(second.more()).isFalse();
        assertThat(java.util.stream.Stream.concat(first.messages().stream(), second.messages().stream()))
                .extracting(Message::seq)
                .containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(first.highlights().get(first.messages().getFirst().id()))
                .containsExactly(new SearchService.Range(0, 5), new SearchService.Range(9, 14));
        refused(
                Code.NOT_FOUND,
                () -> ask(bob, new Question(SearchQuery.parse("whale"), null, java.util.UUID.randomUUID(), 3)));
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "' or 1=1 --",
                "a & b | !c",
                ":*",
                "\\",
                "'",
                "'' & '",
                "(((",
                "<->",
                "%",
                "_",
                "!",
                "<script>",
                "*:*",
                "\"",
                "from:",
                "in:",
                "\u202e\u0007",
                "🐋🐋",
                "x:y:z",
                "https://",
                "a@b.c",
                "-- \n;"
            })
    void takes_anything_for_words(String text) {
        chat.say(alice, room.id(), "before " + text + " after");

        assertThat(find(bob, "before " + text)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void wants_to_know_something() {
        refused(Code.INVALID, () -> question("  ", null, null, null));
        refused(Code.TOO_LARGE, () -> question("x".repeat(201), null, null, null));
    }

    private static Question question(String text, UUID roomId, String from, Has has) {
        return new Question(SearchQuery.parse(text).and(from, null, null, has), roomId, null, 50);
    }

    private static List<Message> find(Caller caller, String text) {
        return ask(caller, question(text, null, null, null)).messages();
    }

    private static SearchService.Found ask(Caller caller, Question question) {
        return chat.search(search -> search.search(caller, question));
    }
}
