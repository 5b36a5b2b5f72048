package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.testing.Database;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many who speak at once, said together. */
@Timeout(120)
class PostsTest extends OnEachDatabase {

    PostsTest(Database database) {
        super(database);
    }

    @Test
    void what_is_said_together_is_numbered_in_its_order_and_told_once() {
        Caller alice = chat.person(named("alice"));
        Caller bob = chat.person(named("bob"));
        Room room = chat.room(alice, bob);
        chat.facts.heard();

        List<Post.Outcome> outcomes = together(room, post(alice, "One"), post(bob, "Two"), post(alice, "Three"));

        assertThat(outcomes).allSatisfy(one -> assertThat(one).isInstanceOf(Post.Said.class));
        List<Message> said =
                outcomes.stream().map(one -> ((Post.Said) one).message()).toList();
        assertThat(said).extracting(Message::seq).containsExactly(1L, 2L, 3L);
        assertThat(said).extracting(Message::text).containsExactly("One", "Two", "Three");
        assertThat(chat.facts.heard())
                .extracting(fact -> ((ChatFact.MessagePosted) fact).message())
                .isEqualTo(said);
        assertThat(said)
                .allSatisfy(one -> assertThat(chat.message(alice, one.id())).isEqualTo(one));
        assertThat(chat.rooms(rooms -> rooms.room(alice, room.id())).lastSeq()).isEqualTo(3);
    }

    @Test
    void who_may_not_is_refused_and_the_others_are_not() {
        Caller alice = chat.person(named("alice"));
        Caller mallory = chat.person(named("mallory"));
        Room room = chat.room(alice);
        Message elsewhere = chat.say(alice, chat.room(alice).id(), "Elsewhere");

        List<Post.Outcome> outcomes = together(
                room,
                post(mallory, "Let me in"),
                new Post(alice, Draft.text(UUID.randomUUID(), "Re:", elsewhere.id())),
                post(alice, "Still here"));

        assertThat(refusal(outcomes.get(0)).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(refusal(outcomes.get(1)).code()).isEqualTo(Code.INVALID);
        assertThat(((Post.Said) outcomes.get(2)).message().seq()).isEqualTo(1);
    }

    @Test
    void twins_in_one_go_and_what_was_said_before_are_one_message() {
        Caller alice = chat.person(named("alice"));
        Room room = chat.room(alice);
        UUID before = UUID.randomUUID();
        UUID twin = UUID.randomUUID();
        Message earlier = chat.say(alice, room.id(), before, "Before");
        chat.facts.heard();

        List<Post.Outcome> outcomes = together(
                room,
                new Post(alice, Draft.text(twin, "Twin", null)),
                new Post(alice, Draft.text(before, "Before", null)),
                new Post(alice, Draft.text(twin, "Twin", null)));

        assertThat(outcomes.get(1)).isEqualTo(new Post.Said(earlier));
        assertThat(outcomes.get(2)).isEqualTo(outcomes.get(0));
        assertThat(chat.facts.heard()).hasSize(1);
        assertThat(chat.rooms(rooms -> rooms.room(alice, room.id())).lastSeq()).isEqualTo(2);
    }

    @Test
    void nobody_speaks_in_an_archived_room_but_what_was_said_is_still_said() {
        Caller alice = chat.person(named("alice"));
        Room room = chat.room(alice);
        UUID before = UUID.randomUUID();
        Message earlier = chat.say(alice, room.id(), before, "Before");
        chat.rooms(rooms -> rooms.archive(alice, room.id(), true));

        List<Post.Outcome> outcomes =
                together(room, new Post(alice, Draft.text(before, "Before", null)), post(alice, "After"));

        assertThat(outcomes.get(0)).isEqualTo(new Post.Said(earlier));
        assertThat(refusal(outcomes.get(1)).code()).isEqualTo(Code.CONFLICT);
    }

    @Test
    void sixty_four_senders_leave_no_gap_and_no_duplicate() throws Exception {
        int senders = 64;
        int each = 10;
        List<Caller> crew = chat.crew(senders);
        Room room = chat.room(crew);
        chat.facts.heard();
        try (ExecutorService threads = Executors.newFixedThreadPool(8);
                ExecutorService people = Executors.newFixedThreadPool(senders)) {
            Posts posts = chat.posts(threads);
            CountDownLatch start = new CountDownLatch(1);

            List<Future<List<Message>>> answers = crew.stream()
                    .map(one -> people.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        return IntStream.range(0, each)
                                .mapToObj(n -> posts.post(room.id(), post(one, "Aye " + n)))
                                .map(PostsTest::answer)
                                .toList();
                    }))
                    .toList();
            start.countDown();

            for (Future<List<Message>> answer : answers) {
                assertThat(answer.get(90, TimeUnit.SECONDS))
                        .extracting(Message::seq)
                        .isSorted();
            }
        }
        assertThat(chat.facts.heard())
                .extracting(fact -> ((ChatFact.MessagePosted) fact).message().seq())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, (long) senders * each).boxed().toList());
        assertThat(chat.persistence.rows("select count(*), max(seq) from message where room_id = '" + room.id() + "'"))
                .containsExactly(List.of("640", "640"));
    }

    @Test
    void one_that_meets_a_twin_elsewhere_does_not_disturb_the_others() throws Exception {
        Caller alice = chat.person(named("alice"));
        Room here = chat.room(alice);
        Room there = chat.room(alice);
        Posts posts = chat.posts(Runnable::run);
        for (int round = 0; round < 5; round++) {
            UUID twin = UUID.randomUUID();
            Post other = post(alice, "Other");
            try (ExecutorService people = Executors.newFixedThreadPool(2)) {
                Future<Message> elsewhere = people.submit(() -> chat.say(alice, there.id(), twin, "Once"));
                Future<List<Message>> together = people.submit(() -> List.of(
                        answer(posts.post(here.id(), new Post(alice, Draft.text(twin, "Once", null)))),
                        answer(posts.post(here.id(), other))));

                assertThat(together.get(60, TimeUnit.SECONDS).getFirst()).isEqualTo(elsewhere.get());
            }
        }
        long said = chat.rooms(service -> service.roomsOf(alice)).stream()
                .mapToLong(Room::lastSeq)
                .sum();
        assertThat(said).isEqualTo(10);
        assertThat(chat.persistence.rows(
                        "select count(*) from message where room_id in ('" + here.id() + "', '" + there.id() + "')"))
                .containsExactly(List.of("10"));
    }

    @Test
    void who_goes_on_speaking_leaves_no_gap_and_says_nothing_twice() {
        Caller alice = chat.person(named("alice"));
        Caller bob = chat.person(named("bob"));
        Room room = chat.room(alice, bob);
        Posts posts = chat.posts(Runnable::run);
        Post again = post(alice, "Again");

        List<Message> said = Stream.of(post(alice, "One"), post(bob, "Two"), again, again, post(bob, "Last"))
                .map(one -> answer(posts.post(room.id(), one)))
                .toList();

        assertThat(said).extracting(Message::seq).containsExactly(1L, 2L, 3L, 3L, 4L);
        assertThat(said)
                .allSatisfy(one -> assertThat(chat.message(bob, one.id())).isEqualTo(one));
        assertThat(chat.rooms(rooms -> rooms.room(alice, room.id())).lastSeq()).isEqualTo(4);
    }

    @Test
    void who_is_sent_out_says_nothing_more_although_they_have_just_spoken() {
        Caller alice = chat.person(named("alice"));
        Caller mallory = chat.person(named("mallory"));
        Room room = chat.room(alice, mallory);
        Posts posts = chat.posts(Runnable::run);
        answer(posts.post(room.id(), post(mallory, "Here")));
        chat.members(members -> {
            members.remove(alice, room.id(), mallory.userId());
            return null;
        });

        refused(Code.NOT_FOUND, () -> answer(posts.post(room.id(), post(mallory, "Still here"))));

        assertThat(answer(posts.post(room.id(), post(alice, "Gone"))).seq()).isEqualTo(2);
    }

    @Test
    void an_archived_room_hears_nothing_more_of_those_who_have_just_spoken() {
        Caller alice = chat.person(named("alice"));
        Room room = chat.room(alice);
        Posts posts = chat.posts(Runnable::run);
        answer(posts.post(room.id(), post(alice, "Before")));
        chat.rooms(rooms -> rooms.archive(alice, room.id(), true));

        refused(Code.CONFLICT, () -> answer(posts.post(room.id(), post(alice, "After"))));

        assertThat(chat.rooms(rooms -> rooms.room(alice, room.id())).lastSeq()).isEqualTo(1);
    }

    @Test
    void what_refers_or_calls_is_looked_at_also_of_those_who_have_just_spoken() {
        Caller alice = chat.person(named("alice"));
        Caller bob = chat.person(named("bob"));
        Room room = chat.room(alice, bob);
        Posts posts = chat.posts(Runnable::run);
        answer(posts.post(room.id(), post(alice, "Here")));
        Post astray = new Post(alice, Draft.text(UUID.randomUUID(), "Re:", UUID.randomUUID()));

        refused(Code.INVALID, () -> answer(posts.post(room.id(), astray)));
        Message called = answer(posts.post(room.id(), post(alice, "@" + bob.username() + " ahoy")));

        assertThat(called.mentions()).containsExactly(bob.userId());
    }

    @Test
    void a_refusal_completes_what_was_asked() {
        Caller mallory = chat.person(named("mallory"));
        Room room = chat.room(chat.person(named("alice")));

        CompletionStage<Message> answer = chat.posts(Runnable::run).post(room.id(), post(mallory, "Let me in"));

        refused(Code.NOT_FOUND, () -> answer(answer));
    }

    private static List<Post.Outcome> together(Room room, Post... posts) {
        return chat.chat(service -> service.postAll(room.id(), List.of(posts)));
    }

    private static Post post(Caller caller, String text) {
        return new Post(caller, Draft.text(UUID.randomUUID(), text, null));
    }

    private static Problem refusal(Post.Outcome outcome) {
        return ((Post.Refused) outcome).problem();
    }

    private static Message answer(CompletionStage<Message> answer) {
        try {
            return answer.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem ? problem : e;
        }
    }
}
