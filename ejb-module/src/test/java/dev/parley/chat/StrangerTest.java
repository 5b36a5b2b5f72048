package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.testing.Database;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever somebody tries with a room or a message of others: it does not exist, and nothing happens. */
class StrangerTest extends OnEachDatabase {

    StrangerTest(Database database) {
        super(database);
    }

    @Test
    void finds_nothing_and_changes_nothing() {
        Caller alice = chat.person(named("alice"));
        Caller bob = chat.person(named("bob"));
        Caller stranger = chat.person(named("mallory"));
        Caller former = chat.person(named("former"));
        Room room = chat.room(alice, bob, former);
        Room own = chat.room(stranger, former);
        Message said = chat.say(alice, room.id(), "Secret");
        chat.members(members -> {
            members.remove(alice, room.id(), former.userId());
            return null;
        });
        chat.facts.heard();

        for (Caller outsider : List.of(stranger, former)) {
            for (UUID roomId : List.of(room.id(), UUID.randomUUID())) {
                attempts(outsider, roomId, bob.userId()).forEach(attempt -> refused(Code.NOT_FOUND, attempt));
            }
            for (UUID messageId : List.of(said.id(), UUID.randomUUID())) {
                attemptsOnMessage(outsider, messageId).forEach(attempt -> refused(Code.NOT_FOUND, attempt));
            }
            // a message of another room is none of this one
            refused(
                    Code.INVALID,
                    () -> chat.chat(service ->
                            service.post(outsider, own.id(), Draft.text(UUID.randomUUID(), "Re: Secret", said.id()))));
        }

        assertThat(chat.facts.heard()).isEmpty();
        assertThat(chat.message(alice, said.id())).isEqualTo(said);
        List<Room> left = chat.rooms(rooms -> rooms.roomsOf(stranger));
        assertThat(left).extracting(Room::id).containsExactly(own.id());
    }

    private static List<Runnable> attempts(Caller caller, UUID roomId, UUID victim) {
        return List.of(
                () -> chat.say(caller, roomId, "Hello"),
                () -> chat.chat(service -> service.markRead(caller, roomId, 0)),
                () -> chat.history(
                        service -> service.page(caller, roomId, new HistoryService.Window(null, null, null, 10))),
                () -> chat.search(service -> service.search(
                        caller, new SearchService.Question(SearchQuery.parse("Secret"), roomId, null, 10))),
                () -> chat.rooms(service -> service.room(caller, roomId)),
                () -> chat.rooms(service ->
                        service.change(caller, roomId, new RoomService.RoomChange("Mine", null, Room.Notify.NONE))),
                quietly(service -> service.close(caller, roomId)),
                () -> chat.rooms(service -> service.archive(caller, roomId, true)),
                quietly(service -> service.requireMember(caller, roomId)),
                () -> chat.pins(service -> service.pins(caller, roomId)),
                () -> chat.drafts(service -> service.keep(caller, roomId, null, "Mine", null)),
                () -> chat.members(service -> service.members(caller, roomId)),
                () -> chat.members(service -> service.join(caller, roomId)),
                () -> chat.members(service -> service.put(caller, roomId, caller.userId(), Room.Role.OWNER)),
                () -> chat.members(service -> {
                    service.leave(caller, roomId);
                    return null;
                }),
                () -> chat.members(service -> {
                    service.remove(caller, roomId, victim);
                    return null;
                }));
    }

    private static List<Runnable> attemptsOnMessage(Caller caller, UUID messageId) {
        return List.of(
                () -> chat.message(caller, messageId),
                () -> chat.chat(service -> service.edit(caller, messageId, "Mine")),
                () -> chat.chat(service -> service.delete(caller, messageId)),
                () -> chat.chat(service -> service.react(caller, messageId, "👎", true)),
                () -> chat.pins(service -> service.pin(caller, messageId, true)),
                () -> chat.history(service -> service.revisions(caller, messageId)),
                () -> chat.threads(service -> service.follow(caller, messageId, true)),
                () -> chat.threads(service -> service.markRead(caller, messageId, 1)),
                () -> chat.threads(
                        service -> service.page(caller, messageId, new HistoryService.Window(null, null, null, 10))));
    }

    private static Runnable quietly(Consumer<RoomService> work) {
        return () -> chat.rooms(service -> {
            work.accept(service);
            return null;
        });
    }
}
