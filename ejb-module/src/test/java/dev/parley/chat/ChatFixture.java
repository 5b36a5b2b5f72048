package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.testing.Announcements;
import dev.parley.testing.Database;
import dev.parley.testing.Persistence;
import dev.parley.users.PeopleFixture;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services of chat on a real database, wired by hand; each call below is one transaction, as it is for who calls an EJB. */
@SuppressWarnings("UnnecessaryAssignment") // it does by hand what the container does
public final class ChatFixture implements AutoCloseable {

    public final Persistence persistence;
    public final PeopleFixture people;
    public final Announcements<ChatFact> facts;
    public final ChatService chatService = new ChatService();
    public final RoomService roomService = new RoomService();
    final MemberService memberService = new MemberService();
    public final HistoryService historyService = new HistoryService();
    final SearchService searchService = new SearchService();
    final PinService pinService = new PinService();
    final ThreadService threadService = new ThreadService();
    final DraftService draftService = new DraftService();
    final ChatSettings settings = new ChatSettings();
    /** Who is there to hear an {@code @here}. */
    final Set<UUID> present = java.util.concurrent.ConcurrentHashMap.newKeySet();

    final FactOutcomes outcomes = new FactOutcomes();
    final Memberships memberships = new Memberships();

    public ChatFixture(Database database) throws Exception {
        persistence = new Persistence(database);
        people = new PeopleFixture(persistence);
        facts = new Announcements<>(persistence);
        EntityManager entities = persistence.entities();
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);

        Rooms rooms = new Rooms();
        rooms.entities = entities;
        RoomViews views = new RoomViews();
        views.entities = entities;
        views.users = people.users();
        Messages messages = new Messages();
        messages.entities = entities;
        messages.users = people.users();
        Mentions mentions = new Mentions();
        mentions.rooms = rooms;
        mentions.users = people.users();
        mentions.present = userIds -> userIds.stream().filter(present::contains).toList();
        Threads threads = new Threads();
        threads.entities = entities;
        threads.facts = facts;
        Changes changes = new Changes();
        changes.entities = entities;
        changes.rooms = rooms;
        changes.messages = messages;
        settings.editWindow = Optional.empty();

        pinService.entities = entities;
        pinService.rooms = rooms;
        pinService.changes = changes;
        pinService.messages = messages;
        pinService.clock = clock;
        pinService.facts = facts;

        threadService.entities = entities;
        threadService.rooms = rooms;
        threadService.messages = messages;
        threadService.threads = threads;
        threadService.facts = facts;

        draftService.entities = entities;
        draftService.rooms = rooms;
        draftService.messages = messages;
        draftService.threads = threads;
        draftService.clock = clock;
        draftService.facts = facts;

        chatService.threads = threads;
        chatService.changes = changes;
        chatService.settings = settings;

        chatService.entities = entities;
        chatService.rooms = rooms;
        chatService.views = views;
        chatService.messages = messages;
        chatService.mentions = mentions;
        chatService.clock = clock;

        Posting posting = new Posting();
        posting.entities = entities;
        posting.rooms = rooms;
        posting.messages = messages;
        posting.mentions = mentions;
        posting.threads = threads;
        posting.users = people.users();
        posting.clock = clock;
        posting.facts = facts;
        chatService.posting = posting;
        chatService.facts = facts;

        roomService.entities = entities;
        roomService.rooms = rooms;
        roomService.views = views;
        roomService.users = people.users();
        roomService.clock = clock;
        roomService.facts = facts;

        memberService.entities = entities;
        memberService.rooms = rooms;
        memberService.views = views;
        memberService.users = people.users();
        memberService.clock = clock;
        memberService.facts = facts;

        historyService.entities = entities;
        historyService.rooms = rooms;
        historyService.views = views;
        historyService.messages = messages;

        outcomes.entities = entities;
        outcomes.rooms = rooms;
        outcomes.views = views;
        outcomes.messages = messages;

        searchService.entities = entities;
        searchService.rooms = rooms;
        searchService.messages = messages;
        searchService.users = people.users();

        memberships.entities = entities;
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
        posts.gathering = posts.gathering(threads);
        posts.chat = new ChatService() {
            @Override
            public List<Post.Outcome> postAll(UUID roomId, List<Post> all) {
                return chat(service -> service.postAll(roomId, all));
            }
        };
        return posts;
    }

    public Message message(Caller caller, UUID messageId) {
        return history(service -> service.message(caller, messageId));
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
