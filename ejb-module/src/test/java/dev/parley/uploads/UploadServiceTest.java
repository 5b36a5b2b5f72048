package dev.parley.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chat.ChatFact;
import dev.parley.chat.ChatFixture;
import dev.parley.chat.Media;
import dev.parley.chat.Message;
import dev.parley.chat.Room;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.testing.Database;
import dev.parley.uploads.UploadService.Sharing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("UnnecessaryAssignment") // it does by hand what the container does
class UploadServiceTest {

    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final byte[] PNG = png(640, 480);

    private static ChatFixture chat;

    private final MemoryStore store = new MemoryStore();
    private final UploadService uploads = new UploadService();
    private final MediaService media = new MediaService();
    private final UploadSweeper sweeper = new UploadSweeper();
    private Caller alice;
    private Caller bob;
    private Room room;

    UploadServiceTest(Database database) {}

    @BeforeParameterizedClassInvocation
    static void open(Database database) throws Exception {
        chat = new ChatFixture(database);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        chat.close();
    }

    @BeforeEach
    void a_room_of_two_and_an_empty_store() {
        UploadLedger ledger = new LedgerInTransactions(chat.persistence);
        ledger.entities = chat.persistence.entities();
        ledger.chat = chat.chatService;
        ledger.history = chat.historyService;
        UploadLimits limits = new UploadLimits();
        limits.maxBytes = 1_000_000;
        limits.types = Optional.empty();
        uploads.rooms = chat.inTransactions();
        uploads.ledger = ledger;
        uploads.limits = limits;
        uploads.store = store;
        uploads.clock = Clock.tickMillis(ZoneOffset.UTC);
        media.ledger = ledger;
        media.store = store;
        sweeper.ledger = ledger;
        sweeper.store = store;
        sweeper.clock = Clock.offset(Clock.tickMillis(ZoneOffset.UTC), Duration.ofHours(25));

        alice = chat.person("alice-" + PEOPLE.incrementAndGet());
        bob = chat.person("bob-" + PEOPLE.incrementAndGet());
        room = chat.room(alice, bob);
        chat.facts.heard();
    }

    @Test
    void puts_what_was_stored_into_a_message() {
        UploadTicket ticket = ask("Käpt'n.png", "image/png", PNG.length);
        arrives(ticket, PNG);

        Message message = share(ticket, UUID.randomUUID());

        assertThat(ticket.method()).isEqualTo("PUT");
        assertThat(message.kind()).isEqualTo(Message.Kind.MEDIA);
        assertThat(message.text()).isEqualTo("Look");
        assertThat(message.media())
                .isEqualTo(new Media(
                        ticket.uploadId(),
                        "Käpt'n.png",
                        "image/png",
                        PNG.length,
                        "/api/media/" + ticket.uploadId(),
                        640,
                        480,
                        null,
                        "/api/media/" + ticket.uploadId() + "/thumbnail",
                        Media.State.READY));
        assertThat(chat.facts.heard()).containsExactly(new ChatFact.MessagePosted(room.id(), message));
        assertThat(store.objects.keySet()).singleElement().asString().startsWith("media/");
        assertThat(chat.message(bob, message.id())).isEqualTo(message);
    }

    @Test
    void shares_an_upload_once() {
        UploadTicket ticket = ask("a.png", "image/png", PNG.length);
        arrives(ticket, PNG);
        UUID clientId = UUID.randomUUID();
        Message first = share(ticket, clientId);

        assertThat(share(ticket, clientId)).isEqualTo(first);
        refused(Code.CONFLICT, () -> share(ticket, UUID.randomUUID()));
    }

    @Test
    void what_is_written_after_the_look_is_never_shown() {
        UploadTicket ticket = ask("a.png", "image/png", PNG.length);
        arrives(ticket, PNG);
        UUID clientId = UUID.randomUUID();
        share(ticket, clientId);

        arrives(ticket, "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        share(ticket, clientId);

        assertThat(stored(ticket)).isEqualTo(PNG);
    }

    @Test
    void waits_for_what_has_not_arrived() {
        UploadTicket ticket = ask("a.png", "image/png", PNG.length);
        UUID clientId = UUID.randomUUID();
        refused(Code.CONFLICT, () -> share(ticket, clientId));

        arrives(ticket, PNG);

        assertThat(share(ticket, clientId).media()).isNotNull();
    }

    @Test
    void removes_what_is_not_what_was_announced() throws Exception {
        byte[] html = "<html>".getBytes(StandardCharsets.UTF_8);
        UploadTicket wrongType = ask("a.png", "image/png", html.length);
        arrives(wrongType, html);
        refused(Code.UNSUPPORTED_TYPE, () -> share(wrongType, UUID.randomUUID()));

        UploadTicket wrongSize = ask("a.png", "image/png", PNG.length + 1);
        arrives(wrongSize, PNG);
        refused(Code.CONFLICT, () -> share(wrongSize, UUID.randomUUID()));

        String other =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(html));
        UploadTicket wrongSum =
                uploads.request(alice, new UploadRequest(room.id(), "a.png", "image/png", PNG.length, other));
        arrives(wrongSum, PNG);
        refused(Code.CONFLICT, () -> share(wrongSum, UUID.randomUUID()));

        assertThat(store.objects).isEmpty();
        assertThat(chat.facts.heard()).isEmpty();
        refused(Code.CONFLICT, () -> share(wrongType, UUID.randomUUID()));
    }

    @Test
    void accepts_the_announced_checksum() throws Exception {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PNG));
        UploadTicket ticket =
                uploads.request(alice, new UploadRequest(room.id(), "a.png", "image/png", PNG.length, sum));
        arrives(ticket, PNG);

        assertThat(share(ticket, UUID.randomUUID()).media()).isNotNull();
    }

    @Test
    void refuses_before_any_byte_moves() {
        assertThatThrownBy(() -> ask("a.png", "image/png", 1_000_001))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(Code.TOO_LARGE);
                    assertThat(problem.details()).containsEntry("limit", 1_000_000L);
                });
        refused(Code.UNSUPPORTED_TYPE, () -> ask("a.exe", "application/x-msdownload", 5));
        refused(Code.INVALID, () -> ask("a.png", "image/png", 0));
        refused(Code.INVALID, () -> ask("/", "image/png", 5));
        Caller stranger = chat.person("mallory-" + PEOPLE.incrementAndGet());
        refused(
                Code.NOT_FOUND,
                () -> uploads.request(stranger, new UploadRequest(room.id(), "a.png", "image/png", 5, null)));
    }

    @Test
    void keeps_uploads_and_media_from_strangers() {
        UploadTicket ticket = ask("a.png", "image/png", PNG.length);
        arrives(ticket, PNG);
        refused(Code.NOT_FOUND, () -> share(bob, room.id(), ticket));
        Room other = chat.room(alice);
        refused(Code.NOT_FOUND, () -> share(alice, other.id(), ticket));
        refused(Code.NOT_FOUND, () -> media.read(alice, ticket.uploadId(), false));

        share(ticket, UUID.randomUUID());

        Caller stranger = chat.person("mallory-" + PEOPLE.incrementAndGet());
        refused(Code.NOT_FOUND, () -> media.read(stranger, ticket.uploadId(), false));
        refused(Code.NOT_FOUND, () -> media.thumbnail(stranger, ticket.uploadId()));
        assertThat(media.read(bob, ticket.uploadId(), false).toString())
                .startsWith("memory:media/")
                .contains("image%2Fpng+inline");
        assertThat(media.read(bob, ticket.uploadId(), true).toString()).contains("octet-stream+attachment");
        assertThat(media.thumbnail(bob, ticket.uploadId()).toString()).contains("inline");
    }

    @Test
    void lets_nothing_be_shown_that_may_hold_scripts() {
        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".getBytes(StandardCharsets.UTF_8);
        UploadTicket ticket = ask("a.svg", "image/svg+xml", svg.length);
        arrives(ticket, svg);
        Message message = share(ticket, UUID.randomUUID());

        assertThat(message.media()).extracting(Media::thumbnailUrl).isNull();
        assertThat(media.read(bob, ticket.uploadId(), false).toString()).contains("octet-stream+attachment");
        refused(Code.NOT_FOUND, () -> media.thumbnail(bob, ticket.uploadId()));
    }

    @Test
    void takes_files_of_deleted_messages_away_at_once() {
        UploadTicket ticket = ask("a.png", "image/png", PNG.length);
        arrives(ticket, PNG);
        Message message = share(ticket, UUID.randomUUID());

        Message deleted = chat.chat(service -> service.delete(alice, message.id()));

        assertThat(deleted.media()).isNull();
        refused(Code.NOT_FOUND, () -> media.read(alice, ticket.uploadId(), false));
        sweeper.sweep();
        assertThat(store.objects).isEmpty();
        sweeper.sweep();
    }

    @Test
    void removes_what_nobody_shared_within_a_day() {
        UploadTicket forgotten = ask("a.png", "image/png", PNG.length);
        arrives(forgotten, PNG);
        UploadTicket shared = ask("b.png", "image/png", PNG.length);
        arrives(shared, PNG);
        share(shared, UUID.randomUUID());
        arrives(shared, PNG);

        sweeper.sweep();

        assertThat(store.objects).hasSize(1);
        assertThat(stored(shared)).isEqualTo(PNG);
        refused(Code.NOT_FOUND, () -> share(forgotten, UUID.randomUUID()));
    }

    @Test
    void says_that_the_store_is_down_and_goes_on_when_it_is_back() {
        UploadTicket ticket = ask("a.png", "image/png", PNG.length);
        arrives(ticket, PNG);
        store.down = true;
        refused(Code.UNAVAILABLE, () -> share(ticket, UUID.randomUUID()));
        chat.say(alice, room.id(), "Still talking");

        store.down = false;

        assertThat(share(ticket, UUID.randomUUID()).media()).isNotNull();
    }

    private UploadTicket ask(String fileName, String contentType, long size) {
        return uploads.request(alice, new UploadRequest(room.id(), fileName, contentType, size, null));
    }

    @Test
    void shows_a_file_in_a_thread_as_a_reply() {
        Message root = chat.say(alice, room.id(), "Where is it?");
        UploadTicket ticket = ask("map.png", "image/png", PNG.length);
        arrives(ticket, PNG);

        Message message = uploads.share(alice, sharing(room.id(), UUID.randomUUID(), ticket, root.id()));

        assertThat(message.threadId()).isEqualTo(root.id());
        assertThat(message.replyTo()).isEqualTo(root.id());
        assertThat(message.media()).isNotNull();
        assertThat(chat.message(bob, root.id()).thread()).isEqualTo(new Message.Replies(1, 2, message.sentAt()));
    }

    @Test
    void shows_no_file_in_a_thread_of_another_room() {
        Message elsewhere = chat.say(alice, chat.room(alice).id(), "Secret");
        UploadTicket ticket = ask("map.png", "image/png", PNG.length);
        arrives(ticket, PNG);

        refused(
                Code.INVALID,
                () -> uploads.share(alice, sharing(room.id(), UUID.randomUUID(), ticket, elsewhere.id())));

        // nothing has become of it: the same upload can be shown where it belongs
        assertThat(share(ticket, UUID.randomUUID()).media()).isNotNull();
    }

    private void arrives(UploadTicket ticket, byte[] bytes) {
        store.objects.put(ticket.url().getSchemeSpecificPart(), bytes);
    }

    private byte[] stored(UploadTicket ticket) {
        return store.objects.get(ticket.url().getSchemeSpecificPart().replace("incoming/", "media/"));
    }

    private Message share(UploadTicket ticket, UUID clientId) {
        return uploads.share(alice, sharing(room.id(), clientId, ticket, null));
    }

    private Message share(Caller caller, UUID roomId, UploadTicket ticket) {
        return uploads.share(caller, sharing(roomId, UUID.randomUUID(), ticket, null));
    }

    private static Sharing sharing(UUID roomId, UUID clientId, UploadTicket ticket, @Nullable UUID replyTo) {
        return new Sharing(roomId, clientId, ticket.uploadId(), "Look", replyTo, replyTo);
    }

    private static void refused(Code code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static byte[] png(int width, int height) {
        return java.nio.ByteBuffer.allocate(64)
                .put(HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452"))
                .putInt(width)
                .putInt(height)
                .array();
    }
}
