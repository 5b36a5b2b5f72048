package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.testing.Announcements;
import dev.parley.testing.Database;
import dev.parley.testing.Persistence;
import dev.parley.testing.Wiring;
import dev.parley.users.PeopleFixture;
import dev.parley.users.User;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The services of chat on a real database, wired by hand; each call below is one transaction, as it is for who calls an EJB. */
@SuppressWarnings("UnnecessaryAssignment") // it does by hand what the container does
public final class ChatFixture implements AutoCloseable {

    public final Persistence persistence;
    public final PeopleFixture people;
    public final Announcements<ChatFact> facts;
    public final ChatService chatService;
    public final RoomService roomService;
    final MemberService memberService;
    public final HistoryService historyService;
    final SearchService searchService;
    final PinService pinService;
    final ThreadService threadService;
    final DraftService draftService;
    final FactOutcomes outcomes;
    final Memberships memberships;
    final Speakers speakers = new Speakers();
    final ChatSettings settings = new ChatSettings();
    /** Who is there to hear an {@code @here}. */
    final Set<UUID> present = ConcurrentHashMap.newKeySet();

    public ChatFixture(Database database) throws Exception {
        persistence = new Persistence(database);
        people = new PeopleFixture(persistence);
        facts = new Announcements<>(persistence);
        settings.editWindow = Optional.empty();
        Present here = userIds -> userIds.stream().filter(present::contains).toList();
        Wiring wiring = new Wiring(
                persistence.entities(),
                people.users(),
                facts,
                Clock.tickMillis(ZoneOffset.UTC),
                settings,
                speakers,
                here);
        chatService = wiring.wired(new ChatService());
        roomService = wiring.wired(new RoomService());
        memberService = wiring.wired(new MemberService());
        historyService = wiring.wired(new HistoryService());
        searchService = wiring.wired(new SearchService());
        pinService = wiring.wired(new PinService());
        threadService = wiring.wired(new ThreadService());
        draftService = wiring.wired(new DraftService());
        outcomes = wiring.wired(new FactOutcomes());
        memberships = wiring.wired(new Memberships());
    }

    public Caller person(String username) {
        return people.person(username);
    }

    /** The room service as others have it: each call a transaction of its own. */
    public RoomService inTransactions() {
        return new RoomService() {
            @Override
            public void requireMember(Caller caller, UUID roomId) {
                persistence.inTransaction(() -> {
                    roomService.requireMember(caller, roomId);
                    return roomId;
                });
            }
        };
    }

    /** What says things for many at once, with such threads; each of its transactions is one of its own. */
    Posts posts(Executor threads) {
        Posts posts = new Posts();
        posts.writers = 4;
        posts.gathering = posts.gathering(threads);
        posts.speakers = speakers;
        posts.chat = new ChatService() {
            @Override
            public List<Post.Outcome> postAll(UUID roomId, List<Post> all) {
                return chat(service -> service.postAll(roomId, all));
            }

            @Override
            public List<Post.Outcome> postAllOfKnown(UUID roomId, List<Post> all, Map<UUID, User> senders) {
                return chat(service -> service.postAllOfKnown(roomId, all, senders));
            }
        };
        return posts;
    }

    public Message message(Caller caller, UUID messageId) {
        return history(service -> service.message(caller, messageId));
    }

    /** So many new people. */
    List<Caller> crew(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> person(OnEachDatabase.named("sailor")))
                .toList();
    }

    /** A private room of all of them; the first owns it. */
    Room room(List<Caller> people) {
        return room(people.getFirst(), people.subList(1, people.size()).toArray(Caller[]::new));
    }

    /** A private room of these people; the first owns it. */
    public Room room(Caller owner, Caller... others) {
        Set<UUID> members = Stream.of(others).map(Caller::userId).collect(Collectors.toSet());
        return rooms(
                service -> service.create(owner, new RoomService.NewRoom(Room.Kind.PRIVATE, "Ship", null, members)));
    }

    public Message say(Caller caller, UUID roomId, String text) {
        return say(caller, roomId, UUID.randomUUID(), text);
    }

    public Message say(Caller caller, UUID roomId, UUID clientId, String text) {
        return chat(service -> service.post(caller, roomId, Draft.text(clientId, text, null)));
    }

    public <T> T chat(Function<ChatService, T> work) {
        return persistence.inTransaction(() -> work.apply(chatService));
    }

    public <T> T rooms(Function<RoomService, T> work) {
        return persistence.inTransaction(() -> work.apply(roomService));
    }

    <T> T members(Function<MemberService, T> work) {
        return persistence.inTransaction(() -> work.apply(memberService));
    }

    <T> T history(Function<HistoryService, T> work) {
        return persistence.inTransaction(() -> work.apply(historyService));
    }

    <T> T search(Function<SearchService, T> work) {
        return persistence.inTransaction(() -> work.apply(searchService));
    }

    <T> T pins(Function<PinService, T> work) {
        return persistence.inTransaction(() -> work.apply(pinService));
    }

    <T> T threads(Function<ThreadService, T> work) {
        return persistence.inTransaction(() -> work.apply(threadService));
    }

    <T> T drafts(Function<DraftService, T> work) {
        return persistence.inTransaction(() -> work.apply(draftService));
    }

    @Override
    public void close() {
        persistence.close();
    }
}
