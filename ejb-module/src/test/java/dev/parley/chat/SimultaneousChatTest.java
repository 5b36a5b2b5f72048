package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Caller;
import dev.parley.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when everybody speaks at once. */
@Timeout(120)
class SimultaneousChatTest extends OnEachDatabase {

    SimultaneousChatTest(Database database) {
        super(database);
    }

    @Test
    void sixty_four_senders_leave_no_gap_and_no_duplicate() throws Exception {
        int senders = 64;
        int each = 5;
        List<Caller> crew = chat.crew(senders);
        Room room = chat.room(crew);

        atOnce(senders, i -> () -> {
            for (int n = 0; n < each; n++) {
                Message said = chat.say(crew.get(i), room.id(), "Aye " + n);
                // others change messages meanwhile: a second way to the same lock
                chat.chat(service -> service.react(crew.get(i), said.id(), "⚓", true));
                chat.chat(service -> service.markRead(crew.get(i), room.id(), said.seq()));
            }
            return null;
        });

        List<Long> seqs = new ArrayList<>();
        long after = 0;
        HistoryService.Page page;
        do {
            HistoryService.Window window = new HistoryService.Window(null, after, null, 200);
            page = chat.history(history -> history.page(crew.getFirst(), room.id(), window));
            page.messages().forEach(message -> seqs.add(message.seq()));
            after = seqs.getLast();
        } while (page.more());
        assertThat(seqs)
                .isEqualTo(
                        LongStream.rangeClosed(1, (long) senders * each).boxed().toList());
        assertThat(chat.rooms(rooms -> rooms.room(crew.getFirst(), room.id())).lastSeq())
                .isEqualTo((long) senders * each);
    }

    @Test
    void twins_of_one_message_are_one_message() throws Exception {
        Caller alice = chat.person(named("alice"));
        Room room = chat.room(alice);
        chat.facts.heard();
        UUID clientId = UUID.randomUUID();

        List<Message> answers = atOnce(16, i -> () -> chat.say(alice, room.id(), clientId, "Once"));

        assertThat(answers).allMatch(answer -> answer.equals(answers.getFirst()));
        assertThat(chat.rooms(rooms -> rooms.room(alice, room.id())).lastSeq()).isEqualTo(1);
        assertThat(chat.facts.heard()).hasSize(1);
    }

    @Test
    void twins_in_different_rooms_are_one_message() throws Exception {
        Caller alice = chat.person(named("alice"));
        List<Room> rooms = IntStream.range(0, 8).mapToObj(i -> chat.room(alice)).toList();
        chat.facts.heard();

        for (int round = 0; round < 5; round++) {
            UUID clientId = UUID.randomUUID();
            List<Message> answers =
                    atOnce(8, i -> () -> chat.say(alice, rooms.get(i).id(), clientId, "Once"));

            assertThat(answers).allMatch(answer -> answer.equals(answers.getFirst()));
            assertThat(chat.facts.heard()).hasSize(1);
        }
        long said = chat.rooms(service -> service.roomsOf(alice)).stream()
                .mapToLong(Room::lastSeq)
                .sum();
        assertThat(said).isEqualTo(5);
    }

    @Test
    void two_who_start_at_once_get_one_direct_room() throws Exception {
        for (int round = 0; round < 5; round++) {
            Caller alice = chat.person(named("alice"));
            Caller bob = chat.person(named("bob"));
            chat.facts.heard();

            List<Room> answers = atOnce(
                    8,
                    i -> () -> chat.rooms(rooms -> i % 2 == 0
                            ? rooms.direct(alice, java.util.Set.of(bob.userId()))
                            : rooms.direct(bob, java.util.Set.of(alice.userId()))));

            assertThat(answers)
                    .extracting(Room::id)
                    .containsOnly(answers.getFirst().id());
            assertThat(chat.facts.heard()).hasSize(1);
            List<Room> ofAlice = chat.rooms(rooms -> rooms.roomsOf(alice));
            assertThat(ofAlice).hasSize(1);
        }
    }

    @Test
    void nothing_that_somebody_says_follows_their_being_sent_out() throws Exception {
        for (int round = 0; round < 5; round++) {
            Caller owner = chat.person(named("owner"));
            Caller mallory = chat.person(named("mallory"));
            Room room = chat.room(owner, mallory);
            chat.facts.heard();

            atOnce(4, i -> () -> {
                try {
                    if (i == 0) {
                        chat.members(members -> {
                            members.remove(owner, room.id(), mallory.userId());
                            return null;
                        });
                    } else {
                        for (int n = 0; n < 20; n++) {
                            chat.say(mallory, room.id(), "Still here");
                        }
                    }
                } catch (dev.parley.problem.Problem gone) {
                    assertThat(gone.code()).isEqualTo(dev.parley.problem.Code.NOT_FOUND);
                }
                return null;
            });

            List<ChatFact> facts = chat.facts.heard();
            long said = facts.stream()
                    .filter(ChatFact.MessagePosted.class::isInstance)
                    .count();
            // what the room saw when mallory left is all there is now
            assertThat(chat.rooms(rooms -> rooms.room(owner, room.id())).lastSeq())
                    .isEqualTo(said);
            refused(dev.parley.problem.Code.NOT_FOUND, () -> chat.say(mallory, room.id(), "Still here"));
            List<List<String>> rows = chat.persistence.rows("select count(*) from message where room_id = '" + room.id()
                    + "' and seq > (select last_seq from room where id = '" + room.id() + "')");
            assertThat(rows).containsExactly(List.of("0"));
        }
    }

    @Test
    void people_come_and_go_while_others_speak() throws Exception {
        Caller owner = chat.person(named("owner"));
        Room room = chat.rooms(rooms ->
                rooms.create(owner, new RoomService.NewRoom(Room.Kind.PUBLIC, "Deck", null, java.util.Set.of())));
        List<Caller> crew = chat.crew(16);

        atOnce(16, i -> () -> {
            for (int n = 0; n < 4; n++) {
                chat.members(members -> members.join(crew.get(i), room.id()));
                chat.say(crew.get(i), room.id(), "Here");
                chat.members(members -> {
                    members.leave(crew.get(i), room.id());
                    return null;
                });
            }
            return null;
        });

        Room left = chat.rooms(rooms -> rooms.room(owner, room.id()));
        assertThat(left.memberCount()).isEqualTo(1);
        assertThat(left.lastSeq()).isEqualTo(64);
    }

    /** Starts them together and waits for all; what fails in one fails here. */
    private static <T> List<T> atOnce(int count, IntFunction<Callable<T>> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<T>> futures = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        return work.apply(i).call();
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(90, TimeUnit.SECONDS));
            }
            return results;
        }
    }
}
