package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chat.ChatFact.MemberLeft.Reason;
import dev.parley.chat.MemberService.Member;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.testing.Database;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemberServiceTest extends OnEachDatabase {

    private Caller alice;
    private Caller bob;
    private Caller carol;
    private Room open;
    private Room closed;

    MemberServiceTest(Database database) {
        super(database);
    }

    @BeforeEach
    void a_public_and_a_private_room_of_alice() {
        alice = chat.person(named("alice"));
        bob = chat.person(named("bob"));
        carol = chat.person(named("carol"));
        open = chat.rooms(
                rooms -> rooms.create(alice, new RoomService.NewRoom(Room.Kind.PUBLIC, "Deck", null, Set.of())));
        closed = chat.room(alice, bob);
        chat.facts.heard();
    }

    @Test
    void lets_people_into_public_rooms_with_nothing_to_catch_up_with() {
        chat.say(alice, open.id(), "Before");
        chat.facts.heard();

        Room joined = chat.members(members -> members.join(bob, open.id()));
        Room again = chat.members(members -> members.join(bob, open.id()));

        assertThat(joined)
                .extracting(Room::role, Room::memberCount, Room::readSeq, Room::unread)
                .containsExactly(Room.Role.MEMBER, 2, 1L, 0L);
        assertThat(again).isEqualTo(joined);
        assertThat(chat.facts.heard()).singleElement().satisfies(fact -> {
            ChatFact.MemberJoined told = (ChatFact.MemberJoined) fact;
            assertThat(told.user().id()).isEqualTo(bob.userId());
            assertThat(told.room()).isEqualTo(joined);
        });
        refused(Code.NOT_FOUND, () -> chat.members(members -> members.join(carol, closed.id())));
        assertThat(chat.<Room>members(members -> members.join(bob, closed.id())).id())
                .isEqualTo(closed.id());
    }

    @Test
    void lists_members_in_the_order_in_which_they_came() {
        List<Member> all = chat.members(members -> members.members(bob, closed.id()));

        assertThat(all)
                .extracting(member -> member.user().id())
                .containsExactlyInAnyOrder(alice.userId(), bob.userId());
        assertThat(all).extracting(Member::role).containsExactlyInAnyOrder(Room.Role.OWNER, Room.Role.MEMBER);
        refused(Code.NOT_FOUND, () -> chat.members(members -> members.members(bob, open.id())));
    }

    @Test
    void lets_moderators_bring_in_and_the_owner_give_roles() {
        refused(Code.FORBIDDEN, () -> put(bob, carol, null));

        put(alice, bob, Room.Role.MODERATOR);
        Member added = put(bob, carol, null);

        assertThat(added.role()).isEqualTo(Room.Role.MEMBER);
        assertThat(put(bob, carol, Room.Role.MEMBER).role()).isEqualTo(Room.Role.MEMBER);
        refused(Code.FORBIDDEN, () -> put(bob, carol, Room.Role.MODERATOR));
        refused(Code.FORBIDDEN, () -> put(bob, alice, Room.Role.MEMBER));
        refused(Code.CONFLICT, () -> put(alice, alice, Room.Role.MEMBER));
        refused(
                Code.NOT_FOUND,
                () -> chat.members(members -> members.put(alice, closed.id(), java.util.UUID.randomUUID(), null)));
    }

    @Test
    void lets_people_out_by_their_rank() {
        put(alice, bob, Room.Role.MODERATOR);
        put(alice, carol, null);
        chat.facts.heard();

        refused(Code.FORBIDDEN, () -> remove(carol, bob));
        refused(Code.FORBIDDEN, () -> remove(bob, alice));
        remove(bob, carol);
        refused(Code.NOT_FOUND, () -> remove(alice, carol));
        remove(alice, bob);

        assertThat(chat.facts.heard())
                .extracting(
                        fact -> ((ChatFact.MemberLeft) fact).user().id(), fact -> ((ChatFact.MemberLeft) fact).reason())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(carol.userId(), Reason.REMOVED),
                        org.assertj.core.groups.Tuple.tuple(bob.userId(), Reason.REMOVED));
        refused(Code.NOT_FOUND, () -> chat.say(bob, closed.id(), "Let me in"));
    }

    @Test
    void hands_a_room_on_when_its_owner_leaves_and_closes_it_behind_the_last() {
        put(alice, carol, Room.Role.MODERATOR);
        chat.facts.heard();

        leave(alice);

        assertThat(chat.<Room>rooms(rooms -> rooms.room(carol, closed.id())).role())
                .isEqualTo(Room.Role.OWNER);
        assertThat(chat.facts.heard())
                .satisfiesExactly(
                        fact -> assertThat(((ChatFact.MemberLeft) fact).reason())
                                .isEqualTo(Reason.LEFT),
                        fact -> assertThat(((ChatFact.RoleChanged) fact).room().role())
                                .isEqualTo(Room.Role.OWNER));
        leave(bob);
        leave(carol);
        refused(Code.NOT_FOUND, () -> leave(carol));
        refused(Code.NOT_FOUND, () -> chat.rooms(rooms -> rooms.room(carol, closed.id())));
    }

    @Test
    void keeps_two_people_in_their_direct_room() {
        Room direct = chat.rooms(rooms -> rooms.direct(alice, java.util.Set.of(bob.userId())));

        refused(
                Code.FORBIDDEN,
                () -> chat.members(members -> {
                    members.leave(alice, direct.id());
                    return null;
                }));
        refused(Code.FORBIDDEN, () -> chat.members(members -> members.put(alice, direct.id(), carol.userId(), null)));
        refused(
                Code.FORBIDDEN,
                () -> chat.members(members -> {
                    members.remove(alice, direct.id(), bob.userId());
                    return null;
                }));
    }

    private Member put(Caller caller, Caller other, Room.@Nullable Role role) {
        return chat.members(members -> members.put(caller, closed.id(), other.userId(), role));
    }

    private void remove(Caller caller, Caller other) {
        chat.members(members -> {
            members.remove(caller, closed.id(), other.userId());
            return null;
        });
    }

    private void leave(Caller caller) {
        chat.members(members -> {
            members.leave(caller, closed.id());
            return null;
        });
    }
}
