package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.testing.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pins, drafts, what an edited message said before, and who is called together. */
class KeptThingsTest extends OnEachDatabase {

    private Caller alice;
    private Caller bob;
    private Room room;

    KeptThingsTest(Database database) {
        super(database);
    }

    @BeforeEach
    void a_room_of_two() {
        alice = chat.person(named("alice"));
        bob = chat.person(named("bob"));
        room = chat.room(alice, bob);
        chat.facts.heard();
    }

    @AfterEach
    void as_configured_by_default() {
        chat.settings.editWindow = Optional.empty();
        chat.settings.keepRevisions = false;
        chat.present.clear();
    }

    @Test
    void pins_are_listed_and_taken_down() {
        Message first = chat.say(alice, room.id(), "Course: south");
        Message second = chat.say(alice, room.id(), "Dinner: 6");
        chat.facts.heard();

        Message pinned = pin(bob, first, true);
        pin(bob, first, true);
        pin(alice, second, true);

        assertThat(pinned.pinnedAt()).isNotNull();
        assertThat(chat.facts.heard()).hasSize(2).first().isEqualTo(new ChatFact.MessagePinned(room.id(), pinned));
        assertThat(pins()).extracting(Message::id).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(pin(alice, first, false).pinnedAt()).isNull();
        chat.chat(service -> service.delete(alice, second.id()));
        assertThat(pins()).isEmpty();
        refused(Code.CONFLICT, () -> pin(alice, second, true));
    }

    @Test
    void no_more_is_pinned_than_can_be_seen() {
        IntStream.range(0, PinService.MAX_PINS).forEach(i -> pin(alice, chat.say(alice, room.id(), "m" + i), true));
        Message one = chat.say(alice, room.id(), "one more");

        refused(Code.CONFLICT, () -> pin(alice, one, true));
    }

    @Test
    void drafts_are_kept_for_each_place_and_told_to_their_writer() {
        Message root = chat.say(alice, room.id(), "Where to?");
        chat.facts.heard();

        keep(bob, null, "Sou");
        DraftService.Kept longer = keep(bob, null, "South");
        DraftService.Kept inThread = keep(bob, root.id(), "West");

        assertThat(drafts(bob)).containsExactlyInAnyOrder(longer, inThread);
        assertThat(drafts(alice)).isEmpty();
        assertThat(chat.facts.heard()).hasSize(3).contains(new ChatFact.DraftKept(room.id(), bob.userId(), longer));
        keep(bob, null, "");
        assertThat(drafts(bob)).containsExactly(inThread);
        refused(Code.TOO_LARGE, () -> keep(bob, null, "x".repeat(16_001)));
        refused(Code.INVALID, () -> keep(bob, null, "a\0"));
        refused(Code.INVALID, () -> keep(bob, UUID.randomUUID(), "x"));
    }

    @Test
    void a_message_is_changed_for_as_long_as_the_administrator_says() {
        Message said = chat.say(alice, room.id(), "Norht");
        chat.settings.editWindow = Optional.of(Duration.ofHours(1));
        assertThat(edit(said, "North").text()).isEqualTo("North");

        chat.settings.editWindow = Optional.of(Duration.ofSeconds(-1));

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> edit(said, "South"))
                .isInstanceOfSatisfying(dev.parley.problem.Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(Code.FORBIDDEN);
                    assertThat(problem.details()).containsEntry("limitMs", -1000L);
                });
        assertThat(chat.chat(service -> service.delete(alice, said.id())).deletedAt())
                .isNotNull();
    }

    @Test
    void what_it_said_before_is_kept_where_the_administrator_wants_it_and_not_beyond_its_deletion() {
        Message said = chat.say(alice, room.id(), "one");
        edit(said, "two");
        assertThat(revisions(said)).isEmpty();
        chat.settings.keepRevisions = true;

        edit(said, "three");
        edit(said, "four");

        assertThat(revisions(said)).extracting(HistoryService.Revision::text).containsExactly("two", "three");
        chat.chat(service -> service.delete(alice, said.id()));
        assertThat(revisions(said)).isEmpty();
    }

    @Test
    void everybody_of_a_small_room_is_called_without_more_ado() {
        Message said = chat.say(alice, room.id(), "@all hands!");

        assertThat(said.mentionsAll()).isEqualTo(Message.Everyone.EVERYBODY);
        assertThat(said.mentions()).isEmpty();
        assertThat(chat.message(bob, said.id())).isEqualTo(said);
        assertThat(chat.rooms(rooms -> rooms.room(bob, room.id())).mentions()).isEqualTo(1);
        assertThat(edit(said, "all hands!").mentionsAll()).isNull();
        assertThat(edit(said, "@all hands!").mentionsAll()).isNull();
    }

    @Test
    void those_present_are_called_by_name() {
        chat.present.add(bob.userId());
        chat.present.add(alice.userId());

        Message said = chat.say(alice, room.id(), "@here?");

        assertThat(said.mentionsAll()).isEqualTo(Message.Everyone.PRESENT);
        assertThat(said.mentions()).containsExactly(bob.userId());
    }

    @Test
    void many_are_called_by_who_says_that_they_mean_it_and_too_many_by_nobody() throws Exception {
        Room crowd = chat.room(
                alice,
                IntStream.range(0, Mentions.WARN_ABOVE)
                        .mapToObj(i -> chat.person(named("sailor")))
                        .toArray(Caller[]::new));
        Draft call = Draft.text(UUID.randomUUID(), "@all hands!", null);

        refused(Code.CONFLICT, () -> chat.chat(service -> service.post(alice, crowd.id(), call)));
        assertThat(chat.chat(service -> service.post(alice, crowd.id(), call.confirmed(true)))
                        .seq())
                .isEqualTo(1);
        for (int i = 0; i < Mentions.FORBID_ABOVE; i += 500) {
            int from = i;
            chat.persistence.inTransaction(() -> {
                for (int n = from; n < from + 500; n++) {
                    UUID id = new UUID(crowd.id().getMostSignificantBits(), n);
                    chat.persistence
                            .entities()
                            .createNativeQuery(
                                    "insert into account (id, username, display_name, created_at) values (?1, ?2, ?2, current_timestamp)")
                            .setParameter(1, id)
                            .setParameter(2, "x" + id)
                            .executeUpdate();
                    chat.persistence
                            .entities()
                            .createNativeQuery(
                                    "insert into room_member (room_id, user_id, role, notify, read_seq, joined_at) values (?1, ?2, 'MEMBER', 'ALL', 0, current_timestamp)")
                            .setParameter(1, crowd.id())
                            .setParameter(2, id)
                            .executeUpdate();
                }
                return null;
            });
        }
        refused(
                Code.FORBIDDEN,
                () -> chat.chat(service -> service.post(
                        alice,
                        crowd.id(),
                        Draft.text(UUID.randomUUID(), "@all", null).confirmed(true))));
    }

    private static Message pin(Caller caller, Message message, boolean on) {
        return chat.pins(pins -> pins.pin(caller, message.id(), on));
    }

    private List<Message> pins() {
        return chat.pins(pins -> pins.pins(bob, room.id()));
    }

    private DraftService.Kept keep(Caller caller, UUID threadId, String text) {
        return chat.drafts(drafts -> drafts.keep(caller, room.id(), threadId, text, null));
    }

    private static List<DraftService.Kept> drafts(Caller caller) {
        return chat.drafts(drafts -> drafts.draftsOf(caller));
    }

    private Message edit(Message message, String text) {
        return chat.chat(service -> service.edit(alice, message.id(), text));
    }

    private List<HistoryService.Revision> revisions(Message message) {
        return chat.history(history -> history.revisions(bob, message.id()));
    }
}
