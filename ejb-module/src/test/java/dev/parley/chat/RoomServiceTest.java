package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chat.RoomService.NewRoom;
import dev.parley.chat.RoomService.RoomChange;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomServiceTest extends OnEachDatabase {

    private Caller alice;
    private Caller bob;
    private Caller carol;

    RoomServiceTest(Database database) {
        super(database);
    }

    @BeforeEach
    void three_people() {
        alice = chat.person(named("alice"));
        bob = chat.person(named("bob"));
        carol = chat.person(named("carol"));
    }

    @Test
    void makes_a_room_that_its_maker_owns_and_all_members_hear_of() {
        Room room = create(alice, new NewRoom(Room.Kind.PRIVATE, "  Bridge ", "Course", Set.of(bob.userId())));

        assertThat(room.name()).isEqualTo("Bridge");
        assertThat(room.topic()).isEqualTo("Course");
        assertThat(room.role()).isEqualTo(Room.Role.OWNER);
        assertThat(room.memberCount()).isEqualTo(2);
        assertThat(room.notices()).isEqualTo(Room.Notify.ALL);
        Room ofBob = seenBy(bob, room);
        assertThat(ofBob.role()).isEqualTo(Room.Role.MEMBER);
        assertThat(chat.facts.heard())
                .containsExactly(new ChatFact.RoomOpened(room.id(), Map.of(alice.userId(), room, bob.userId(), ofBob)));
        assertThat(roomsOf(alice)).containsExactly(room);
        assertThat(roomsOf(carol)).isEmpty();
        Set<UUID> ids = chat.persistence.inTransaction(() -> chat.memberships.roomIdsOf(bob.userId()));
        assertThat(ids).containsExactly(room.id());
    }

    @Test
    void refuses_rooms_that_make_no_sense() {
        refused(Code.INVALID, () -> new NewRoom(Room.Kind.DIRECT, "x", null, Set.of()));
        refused(Code.INVALID, () -> new NewRoom(Room.Kind.PUBLIC, "  ", null, Set.of()));
        refused(Code.INVALID, () -> new NewRoom(Room.Kind.PUBLIC, "a\nb", null, Set.of()));
        refused(Code.TOO_LARGE, () -> new NewRoom(Room.Kind.PUBLIC, "x".repeat(81), null, Set.of()));
        refused(Code.TOO_LARGE, () -> new NewRoom(Room.Kind.PUBLIC, "x", "y".repeat(1001), Set.of()));
        refused(
                Code.NOT_FOUND,
                () -> create(alice, new NewRoom(Room.Kind.PUBLIC, "x", null, Set.of(UUID.randomUUID()))));
    }

    @Test
    void gives_two_people_one_room_whoever_asks() {
        Room first = chat.rooms(rooms -> rooms.direct(alice, java.util.Set.of(bob.userId())));
        Room again = chat.rooms(rooms -> rooms.direct(alice, java.util.Set.of(bob.userId())));
        Room other = chat.rooms(rooms -> rooms.direct(bob, java.util.Set.of(alice.userId())));

        assertThat(again).isEqualTo(first);
        assertThat(other.id()).isEqualTo(first.id());
        assertThat(first.kind()).isEqualTo(Room.Kind.DIRECT);
        assertThat(first.peer()).isNotNull();
        assertThat(first.name()).isEqualTo(first.peer().displayName());
        assertThat(other.peer()).extracting("id").isEqualTo(alice.userId());
        assertThat(roomsOf(bob)).containsExactly(other);
        assertThat(chat.facts.heard())
                .containsExactly(
                        new ChatFact.RoomOpened(first.id(), Map.of(alice.userId(), first, bob.userId(), other)));
        refused(Code.INVALID, () -> chat.rooms(rooms -> rooms.direct(alice, java.util.Set.of(alice.userId()))));
        refused(Code.NOT_FOUND, () -> chat.rooms(rooms -> rooms.direct(alice, Set.of(UUID.randomUUID()))));
    }

    @Test
    void lists_public_rooms_to_join() {
        String name = named("50% of_the crew");
        Room open = create(alice, new NewRoom(Room.Kind.PUBLIC, name, null, Set.of()));
        create(alice, new NewRoom(Room.Kind.PRIVATE, name, null, Set.of()));

        assertThat(joinable(bob, name.substring(0, 8))).extracting(Room::id).contains(open.id());
        assertThat(joinable(bob, name)).singleElement().satisfies(room -> {
            assertThat(room.role()).isNull();
            assertThat(room.memberCount()).isEqualTo(1);
        });
        assertThat(joinable(bob, "%_%_no such room")).isEmpty();
        assertThat(joinable(alice, name)).isEmpty();
    }

    @Test
    void lets_moderators_name_a_room_and_everybody_choose_their_notices() {
        Room room = chat.room(alice, bob);
        chat.facts.heard();

        Room renamed = change(alice, room, new RoomChange("Deck", "Sun", null));
        Room quiet = change(bob, room, new RoomChange(null, null, Room.Notify.MENTIONS));
        Room bare = change(alice, room, new RoomChange(null, "", null));

        assertThat(renamed).extracting(Room::name, Room::topic).containsExactly("Deck", "Sun");
        assertThat(quiet.notices()).isEqualTo(Room.Notify.MENTIONS);
        assertThat(bare.topic()).isNull();
        assertThat(chat.facts.heard())
                .satisfiesExactly(
                        fact -> assertThat(((ChatFact.RoomUpdated) fact).room())
                                .containsOnlyKeys(alice.userId(), bob.userId()),
                        fact -> assertThat(((ChatFact.RoomUpdated) fact).room()).isEqualTo(Map.of(bob.userId(), quiet)),
                        fact -> assertThat(((ChatFact.RoomUpdated) fact).room()).containsEntry(alice.userId(), bare));
        refused(Code.FORBIDDEN, () -> change(bob, room, new RoomChange("Mine", null, null)));
        Room direct = chat.rooms(rooms -> rooms.direct(alice, java.util.Set.of(bob.userId())));
        refused(Code.FORBIDDEN, () -> change(alice, direct, new RoomChange("Ours", null, null)));
    }

    @Test
    void closes_a_room_for_everybody() {
        Room room = create(alice, new NewRoom(Room.Kind.PUBLIC, "Hold", null, Set.of(bob.userId())));
        Message said = chat.say(bob, room.id(), "Rats");
        chat.facts.heard();
        refused(Code.FORBIDDEN, () -> close(bob, room));

        close(alice, room);

        assertThat(chat.facts.heard())
                .containsExactly(new ChatFact.RoomClosed(room.id(), Set.of(alice.userId(), bob.userId())));
        assertThat(roomsOf(alice)).isEmpty();
        refused(Code.NOT_FOUND, () -> seenBy(alice, room));
        refused(Code.NOT_FOUND, () -> chat.say(alice, room.id(), "Hello?"));
        refused(Code.NOT_FOUND, () -> chat.message(bob, said.id()));
        refused(Code.NOT_FOUND, () -> chat.members(members -> members.join(carol, room.id())));
    }

    @Test
    void gives_a_few_people_one_room_whoever_asks() {
        Set<UUID> all = Set.of(alice.userId(), bob.userId(), carol.userId());
        Room first = chat.rooms(rooms -> rooms.direct(alice, Set.of(bob.userId(), carol.userId())));
        Room other = chat.rooms(rooms -> rooms.direct(carol, all));
        Room ofTwo = chat.rooms(rooms -> rooms.direct(alice, Set.of(bob.userId())));

        assertThat(other.id()).isEqualTo(first.id()).isNotEqualTo(ofTwo.id());
        assertThat(first.kind()).isEqualTo(Room.Kind.DIRECT);
        assertThat(first.memberCount()).isEqualTo(3);
        assertThat(first.peer()).isNull();
        assertThat(first.peers()).extracting("id").containsExactlyInAnyOrder(bob.userId(), carol.userId());
        assertThat(first.name()).contains(first.peers().getFirst().displayName(), ", ");
        assertThat(other.peers()).extracting("id").containsExactlyInAnyOrder(alice.userId(), bob.userId());
        assertThat(ofTwo.peers()).isEmpty();
        Set<UUID> crowd = java.util.stream.Stream.generate(UUID::randomUUID)
                .limit(10)
                .collect(java.util.stream.Collectors.toSet());
        refused(Code.TOO_LARGE, () -> chat.rooms(rooms -> rooms.direct(alice, crowd)));
    }

    @Test
    void keeps_an_archived_room_to_be_read() {
        Room room = create(alice, new NewRoom(Room.Kind.PUBLIC, "Hold", null, Set.of(bob.userId())));
        UUID clientId = UUID.randomUUID();
        Message said = chat.say(bob, room.id(), clientId, "Rats");
        chat.facts.heard();
        refused(Code.FORBIDDEN, () -> archive(bob, room, true));

        Room archived = archive(alice, room, true);
        archive(alice, room, true);

        assertThat(archived.archivedAt()).isNotNull();
        assertThat(chat.facts.heard())
                .singleElement()
                .satisfies(fact -> assertThat(((ChatFact.RoomUpdated) fact).room())
                        .containsEntry(alice.userId(), archived)
                        .containsKey(bob.userId()));
        assertThat(chat.message(bob, said.id())).isEqualTo(said);
        assertThat(chat.say(bob, room.id(), clientId, "Rats")).isEqualTo(said);
        refused(Code.CONFLICT, () -> chat.say(bob, room.id(), "More rats"));
        refused(Code.CONFLICT, () -> chat.chat(service -> service.edit(bob, said.id(), "Cats")));
        refused(Code.CONFLICT, () -> chat.chat(service -> service.delete(bob, said.id())));
        refused(Code.CONFLICT, () -> chat.chat(service -> service.react(bob, said.id(), "🐀", true)));
        refused(Code.CONFLICT, () -> change(alice, room, new RoomChange("Attic", null, null)));
        refused(Code.CONFLICT, () -> chat.members(members -> members.join(carol, room.id())));
        refused(Code.CONFLICT, () -> chat.members(members -> members.put(alice, room.id(), carol.userId(), null)));
        assertThat(chat.chat(service -> service.markRead(alice, room.id(), 1)).unread())
                .isZero();
        assertThat(change(bob, room, new RoomChange(null, null, Room.Notify.NONE))
                        .notices())
                .isEqualTo(Room.Notify.NONE);

        assertThat(archive(alice, room, false).archivedAt()).isNull();
        assertThat(chat.say(bob, room.id(), "More rats").seq()).isEqualTo(2);
    }

    private static Room archive(Caller caller, Room room, boolean on) {
        return chat.rooms(rooms -> rooms.archive(caller, room.id(), on));
    }

    private static Room create(Caller caller, NewRoom wanted) {
        return chat.rooms(rooms -> rooms.create(caller, wanted));
    }

    private static Room change(Caller caller, Room room, RoomChange change) {
        return chat.rooms(rooms -> rooms.change(caller, room.id(), change));
    }

    private static void close(Caller caller, Room room) {
        chat.rooms(rooms -> {
            rooms.close(caller, room.id());
            return room;
        });
    }

    private static Room seenBy(Caller caller, Room room) {
        return chat.rooms(rooms -> rooms.room(caller, room.id()));
    }

    private static List<Room> roomsOf(Caller caller) {
        return chat.rooms(rooms -> rooms.roomsOf(caller));
    }

    private static List<Room> joinable(Caller caller, String query) {
        return chat.rooms(rooms -> rooms.joinable(caller, query, 50));
    }
}
