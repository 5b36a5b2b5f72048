package dev.parley.uploads.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.uploads.ObjectStore.Permit;
import dev.parley.uploads.ObjectStore.Served;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against Azurite: what the addresses that we sign allow, and what they do not. */
@Timeout(120)
class AzureBlobStoreTest {

    private static final String PAGE = "http://localhost:8080";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final byte[] BYTES = "Ahoy".getBytes(StandardCharsets.UTF_8);
    private static final Served TEXT = new Served("application/octet-stream", "attachment; filename=\"a.txt\"");

    private static Azurite azurite;
    private static AzureBlobStore store;

    @BeforeAll
    static void start() throws Exception {
        azurite = Azurite.start();
        store = store(azurite.endpoint(), Clock.systemUTC());
        store.prepare(Set.of(PAGE));
        store.prepare(Set.of(PAGE)); // again is no error
    }

    @AfterAll
    static void stop() throws Exception {
        azurite.stop();
    }

    @Test
    void lets_a_browser_write_one_object_once() throws Exception {
        Permit permit = store.permitWriting(name(), "text/plain", LIFE);

        assertThat(put(permit, BYTES)).isEqualTo(201);
        assertThat(put(permit, "Other".getBytes(StandardCharsets.UTF_8))).isEqualTo(403);
        assertThat(permit.headers()).containsEntry("x-ms-blob-type", "BlockBlob");
    }

    @Test
    void lets_who_writes_do_nothing_else() throws Exception {
        String name = name();
        Permit permit = store.permitWriting(name, "text/plain", LIFE);
        put(permit, BYTES);

        assertThat(get(permit.url()).statusCode()).isEqualTo(403);
        assertThat(status("DELETE", permit.url())).isEqualTo(403);
        assertThat(put(at(permit, permit.url().toString().replace(name, name())), BYTES))
                .isEqualTo(403);
        assertThat(put(at(permit, permit.url().toString().replace("sp=c", "sp=rcwd")), BYTES))
                .isEqualTo(403);
        assertThat(put(at(permit, permit.url().toString().replaceAll("\\?.*", "")), BYTES))
                .isGreaterThanOrEqualTo(400);
        assertThat(store.head(name, 100)).isEqualTo(BYTES);
    }

    @Test
    void lets_nobody_write_when_it_is_late() throws Exception {
        AzureBlobStore earlier = store(azurite.endpoint(), Clock.offset(Clock.systemUTC(), LIFE.multipliedBy(-2)));

        assertThat(put(earlier.permitWriting(name(), "text/plain", LIFE), BYTES))
                .isEqualTo(403);
    }

    @Test
    void serves_an_object_as_we_say_whatever_its_writer_said() throws Exception {
        String name = name();
        put(store.permitWriting(name, "text/html", LIFE), BYTES);

        HttpResponse<byte[]> read = get(store.permitReading(name, TEXT, Duration.ofMinutes(2)));

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(BYTES);
        assertThat(read.headers().firstValue("content-type")).hasValue("application/octet-stream");
        assertThat(read.headers().firstValue("content-disposition")).hasValue("attachment; filename=\"a.txt\"");
    }

    @Test
    void lets_who_reads_do_nothing_else() throws Exception {
        String name = name();
        Permit permit = store.permitWriting(name, "text/plain", LIFE);
        put(permit, BYTES);
        URI url = store.permitReading(name, TEXT, Duration.ofMinutes(2));

        assertThat(put(at(permit, url.toString()), "Other".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(403);
        assertThat(status("DELETE", url)).isEqualTo(403);
        assertThat(get(URI.create(url.toString().replace("octet-stream", "xhtml%2Bxml")))
                        .statusCode())
                .isEqualTo(403);
        AzureBlobStore earlier = store(azurite.endpoint(), Clock.offset(Clock.systemUTC(), LIFE.negated()));
        assertThat(get(earlier.permitReading(name, TEXT, Duration.ofMinutes(2))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void adopts_an_object_once_and_keeps_what_it_has() throws Exception {
        String from = name();
        String to = name();
        assertThat(store.adopt(from, to)).isEqualTo(OptionalLong.empty());
        put(store.permitWriting(from, "text/plain", LIFE), BYTES);

        assertThat(store.adopt(from, to)).isEqualTo(OptionalLong.of(BYTES.length));
        store.remove(from);
        put(store.permitWriting(from, "text/plain", LIFE), "Something else".getBytes(StandardCharsets.UTF_8));

        assertThat(store.adopt(from, to)).isEqualTo(OptionalLong.of(BYTES.length));
        assertThat(store.head(to, 2)).isEqualTo("Ah".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        store.read(to, all);
        assertThat(all.toByteArray()).isEqualTo(BYTES);
    }

    @Test
    void removes_objects_by_name_and_by_age() throws Exception {
        String one = "incoming/" + UUID.randomUUID();
        String other = "media/" + UUID.randomUUID();
        for (String name : List.of(one, other)) {
            put(store.permitWriting(name, "text/plain", LIFE), BYTES);
        }

        store.removeOlder("incoming/", Instant.now().minusSeconds(60));
        assertThat(store.head(one, 9)).isEqualTo(BYTES);
        store.removeOlder("incoming/", Instant.now().plusSeconds(60));
        assertThat(store.adopt(one, name())).isEqualTo(OptionalLong.empty());
        assertThat(store.head(other, 9)).isEqualTo(BYTES);
        store.remove(other);
        store.remove(other);
        assertThat(store.adopt(other, name())).isEqualTo(OptionalLong.empty());
    }

    @Test
    void answers_pages_of_our_origins_only() throws Exception {
        Permit permit = store.permitWriting(name(), "text/plain", LIFE);

        assertThat(preflight(permit.url(), PAGE)).hasValue(PAGE);
        assertThat(preflight(permit.url(), "http://evil.example")).isEmpty();
    }

    @Test
    void says_that_it_is_unavailable_and_not_why() {
        AzureBlobStore nowhere = store("http://127.0.0.1:1/devstoreaccount1", Clock.systemUTC());

        assertThatThrownBy(() -> nowhere.head(name(), 1)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(Code.UNAVAILABLE);
            assertThat(problem.retryAfter()).isPresent();
            assertThat(problem.getMessage()).doesNotContain("127.0.0.1");
        });
    }

    @Test
    void is_not_set_up_without_its_settings() {
        AzureBlobStore none = store("", Clock.systemUTC());
        none.settings.endpoint = Optional.empty();

        assertThat(none.configured()).isFalse();
        assertThatThrownBy(() -> none.permitWriting(name(), "text/plain", LIFE))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.UNAVAILABLE));
    }

    @Test
    void signs_for_the_host_that_browsers_know() throws Exception {
        AzureBlobStore behind = store(azurite.endpoint(), Clock.systemUTC());
        behind.settings.publicEndpoint = Optional.of("https://files.example/" + Azurite.ACCOUNT);

        URI outside = behind.permitWriting(name(), "text/plain", LIFE).url();

        assertThat(outside.getHost()).isEqualTo("files.example");
        String inside = outside.toString().replace("https://files.example/" + Azurite.ACCOUNT, azurite.endpoint());
        assertThat(put(at(behind.permitWriting(name(), "text/plain", LIFE), inside), BYTES))
                .isEqualTo(201);
    }

    @SuppressWarnings("UnnecessaryAssignment") // it does by hand what the container does
    private static AzureBlobStore store(String endpoint, Clock clock) {
        AzureSettings settings = new AzureSettings();
        settings.endpoint = Optional.of(endpoint);
        settings.publicEndpoint = Optional.empty();
        settings.account = Optional.of(Azurite.ACCOUNT);
        settings.key = Optional.of(Azurite.KEY);
        settings.container = "parley";
        AzureBlobStore store = new AzureBlobStore();
        store.settings = settings;
        store.clock = clock;
        return store;
    }

    private static String name() {
        return "media/" + UUID.randomUUID();
    }

    private static Permit at(Permit permit, String url) {
        return new Permit(URI.create(url), permit.headers(), permit.expiresAt());
    }

    private static int put(Permit permit, byte[] bytes) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(permit.url()).PUT(BodyPublishers.ofByteArray(bytes));
        permit.headers().forEach(request::header);
        return send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpResponse<byte[]> get(URI url) throws Exception {
        return send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    }

    private static int status(String method, URI url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url)
                .method(method, BodyPublishers.noBody())
                .build();
        return send(request, BodyHandlers.discarding()).statusCode();
    }

    private static Optional<String> preflight(URI url, String origin) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type,x-ms-blob-type")
                .build();
        return send(request, BodyHandlers.discarding()).headers().firstValue("access-control-allow-origin");
    }

    /**
     * On a connection of its own: the storage may close one after an answer it gave before it had read the request, and the client
     * does not repeat what it then sends in vain (a PUT or DELETE), as a browser would.
     */
    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            return browser.send(request, body);
        }
    }
}
