package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.testing.Database;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadServiceTest extends OnEachDatabase {

    private Caller alice;
    private Caller bob;
    private Caller carol;
    private Room room;
    private Message root;

    ThreadServiceTest(Database database) {
        super(database);
    }

    @BeforeEach
    void a_room_with_a_question() {
        alice = chat.person(named("alice"));
        bob = chat.person(named("bob"));
        carol = chat.person(named("carol"));
        room = chat.room(alice, bob, carol);
        root = chat.say(alice, room.id(), "Where to?");
        chat.facts.heard();
    }

    @Test
    void counts_replies_at_the_message_that_began_it() {
        Message reply = reply(bob, "South");

        Message asked = chat.message(carol, root.id());

        assertThat(reply.threadId()).isEqualTo(root.id());
        assertThat(reply.seq()).isEqualTo(2);
        assertThat(asked.thread()).isEqualTo(new Message.Replies(1, 2, reply.sentAt()));
        assertThat(chat.facts.heard())
                .containsExactly(
                        new ChatFact.MessagePosted(room.id(), reply),
                        new ChatFact.ThreadChanged(room.id(), root.id(), asked.thread()),
                        new ChatFact.ThreadFollowed(room.id(), root.id(), Set.of(alice.userId(), bob.userId())));
        chat.chat(service -> service.delete(bob, reply.id()));
        assertThat(chat.message(carol, root.id()).thread()).isEqualTo(new Message.Replies(0, 2, reply.sentAt()));
    }

    @Test
    void is_not_followed_by_who_began_it_and_was_sent_out() {
        Message ofCarol = chat.say(carol, room.id(), "And when?");
        chat.members(members -> {
            members.remove(alice, room.id(), carol.userId());
            return null;
        });
        chat.facts.heard();

        chat.chat(service -> service.post(
                bob,
                room.id(),
                Draft.text(java.util.UUID.randomUUID(), "Tomorrow", null).in(ofCarol.id())));

        assertThat(chat.facts.heard())
                .contains(new ChatFact.ThreadFollowed(room.id(), ofCarol.id(), Set.of(bob.userId())));
    }

    @Test
    void is_unread_apart_from_its_room() {
        reply(bob, "South");
        reply(bob, "Or west, @" + alice.username());

        assertThat(seenBy(alice))
                .extracting(Room::unread, Room::mentions, Room::threadUnread, Room::threadMentions)
                .containsExactly(0L, 0L, 2L, 1L);
        // who neither spoke there nor was named does not follow
        assertThat(seenBy(carol)).extracting(Room::unread, Room::threadUnread).containsExactly(1L, 0L);

        ThreadPlace read = chat.threads(threads -> threads.markRead(alice, root.id(), 2));
        assertThat(read).isEqualTo(new ThreadPlace(root.id(), room.id(), true, 2, 1, 1, 3));
        chat.chat(service -> service.markRead(carol, room.id(), 3));
        chat.threads(threads -> threads.markRead(carol, root.id(), 3));
        assertThat(seenBy(alice)).extracting(Room::readSeq, Room::threadUnread).containsExactly(0L, 1L);
        assertThat(chat.threads(threads -> threads.markRead(alice, root.id(), 1))
                        .unread())
                .isEqualTo(2);
    }

    @Test
    void reading_the_room_leaves_the_thread_unread_and_the_other_way_round() {
        reply(bob, "South");
        chat.say(bob, room.id(), "Besides");

        chat.chat(service -> service.markRead(alice, room.id(), 99));
        assertThat(seenBy(alice)).extracting(Room::unread, Room::threadUnread).containsExactly(0L, 1L);
        chat.chat(service -> service.markRead(alice, room.id(), 0));
        chat.threads(threads -> threads.markRead(alice, root.id(), 99));
        assertThat(seenBy(alice)).extracting(Room::unread, Room::threadUnread).containsExactly(1L, 0L);
    }

    @Test
    void is_followed_and_left_by_choice_and_again_by_speaking() {
        reply(bob, "South");
        chat.facts.heard();

        ThreadPlace carols = chat.threads(threads -> threads.follow(carol, root.id(), true));
        ThreadPlace alices = chat.threads(threads -> threads.follow(alice, root.id(), false));
        assertThat(chat.facts.heard())
                .containsExactly(
                        new ChatFact.ThreadPlaced(room.id(), carol.userId(), carols),
                        new ChatFact.ThreadPlaced(room.id(), alice.userId(), alices));
        reply(bob, "Hello?");

        assertThat(carols.following()).isTrue();
        assertThat(alices.following()).isFalse();
        assertThat(seenBy(carol).threadUnread()).isEqualTo(1);
        assertThat(seenBy(alice).threadUnread()).isZero();
        reply(alice, "Yes");
        reply(bob, "Good");
        assertThat(seenBy(alice).threadUnread()).isPositive();
    }

    @Test
    void is_read_in_pages() {
        List<Message> replies = List.of(reply(bob, "1"), reply(carol, "2"), reply(bob, "3"));
        chat.say(bob, room.id(), "elsewhere");

        assertThat(page(null, null, 2)).extracting(ThreadService.Page::messages).isEqualTo(replies.subList(1, 3));
        assertThat(page(null, null, 2).more()).isTrue();
        assertThat(page(3L, null, 9).messages()).isEqualTo(replies.subList(0, 1));
        assertThat(page(null, 2L, 9).messages()).isEqualTo(replies.subList(1, 3));
        assertThat(page(null, null, 9).root().thread()).isNotNull();
    }

    @Test
    void lists_the_callers_own_the_latest_first() {
        Message other = chat.say(bob, room.id(), "Besides");
        reply(bob, "South");
        chat.chat(service -> service.post(
                alice, room.id(), Draft.text(UUID.randomUUID(), "Yes", null).in(other.id())));

        ThreadService.Listing all = chat.threads(threads -> threads.mine(alice, null, 10));
        ThreadService.Listing first = chat.threads(threads -> threads.mine(alice, null, 1));

        assertThat(all.threads()).extracting(seen -> seen.root().id()).containsExactlyInAnyOrder(other.id(), root.id());
        assertThat(first.more()).isTrue();
        assertThat(chat.threads(threads -> threads.mine(carol, null, 10)).threads())
                .isEmpty();
        chat.members(members -> {
            members.leave(bob, room.id());
            return null;
        });
        assertThat(chat.threads(threads -> threads.mine(bob, null, 10)).threads())
                .isEmpty();
    }

    @Test
    void has_no_threads_of_its_own_and_none_of_other_rooms() {
        Message reply = reply(bob, "South");
        Room other = chat.room(alice);

        refused(Code.INVALID, () -> replyTo(reply.id(), room.id()));
        refused(Code.INVALID, () -> replyTo(root.id(), other.id()));
        refused(Code.INVALID, () -> replyTo(UUID.randomUUID(), room.id()));
        refused(Code.NOT_FOUND, () -> chat.threads(threads -> threads.follow(alice, reply.id(), true)));
    }

    private static void replyTo(UUID threadId, UUID roomId, Caller caller) {
        chat.chat(service -> service.post(
                caller, roomId, Draft.text(UUID.randomUUID(), "x", null).in(threadId)));
    }

    private void replyTo(UUID threadId, UUID roomId) {
        replyTo(threadId, roomId, alice);
    }

    private Message reply(Caller caller, String text) {
        return chat.chat(service -> service.post(
                caller, room.id(), Draft.text(UUID.randomUUID(), text, null).in(root.id())));
    }

    private ThreadService.Page page(Long before, Long after, int limit) {
        return chat.threads(
                threads -> threads.page(carol, root.id(), new HistoryService.Window(before, after, null, limit)));
    }

    private Room seenBy(Caller caller) {
        return chat.rooms(rooms -> rooms.room(caller, room.id()));
    }
}
