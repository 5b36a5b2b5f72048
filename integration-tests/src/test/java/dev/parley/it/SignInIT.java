package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.Person.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** §1 of the contract: tokens, their renewal and their forgeries, over HTTP. */
@ExtendWith(SharedParley.class)
class SignInIT {

    private final Parley parley;

    SignInIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void a_demo_person_signs_in_and_reads_their_profile() {
        Person alice = Person.demo(parley, "alice");

        Answer me = alice.get("/api/me");

        assertThat(me.status()).isEqualTo(200);
        assertThat(me.body().path("username").asText()).isEqualTo("alice");
    }

    @Test
    void a_wrong_password_and_an_unknown_person_get_the_same_problem() {
        String name = Person.registered(parley, "mallory").username();

        Answer wrong = new Person(parley).login(name, "not the password");
        Answer unknown = new Person(parley).login("nobody-" + name, "not the password");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("Content-Type")).startsWith("application/problem+json");
        assertThat(wrong.code()).isEqualTo("unauthorized");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void who_guesses_from_many_places_keeps_strangers_out_for_a_while_and_not_a_browser_that_is_known()
            throws UnknownHostException {
        Person owner = Person.registered(parley, "olga");
        AtomicInteger guesses = new AtomicInteger();
        // four from each place: the fifth would keep that place alone waiting
        Callable<Long> guess = () -> {
            InetAddress place =
                    InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (guesses.getAndIncrement() / 4)});
            return retryAfterMs(new Person(parley, place).login(owner.username(), "guess"));
        };

        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(20))
                .until(guess, wait -> wait > 3_000);

        Person stranger = new Person(parley, InetAddress.getByAddress(new byte[] {127, 0, 2, 1}));
        assertThat(retryAfterMs(stranger.login(owner.username(), "correct horse battery")))
                .isPositive();
        assertThat(owner.login(owner.username(), "correct horse battery").status())
                .isEqualTo(200);
    }

    private static long retryAfterMs(Answer answer) {
        return answer.status() == 429 ? answer.body().path("retryAfterMs").asLong() : 0;
    }

    @Test
    void a_refresh_token_used_twice_revokes_its_family() {
        Person person = Person.registered(parley, "rita");
        HttpCookie first = refreshCookie(person);
        Answer renewed = person.post("/api/auth/refresh", Map.of());
        HttpCookie second = refreshCookie(person);

        Answer reused = refresh(first);
        Answer afterwards = refresh(second);

        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.body().path("accessToken").asText()).isNotEmpty();
        assertThat(second.getValue()).isNotEqualTo(first.getValue());
        assertThat(reused.status()).isEqualTo(401);
        assertThat(afterwards.status()).isEqualTo(401);
    }

    @Test
    void whoever_logs_out_cannot_refresh_any_more() {
        Person person = Person.registered(parley, "otto");
        HttpCookie cookie = refreshCookie(person);

        Answer out = person.post("/api/auth/logout", Map.of());

        assertThat(out.status()).isEqualTo(204);
        assertThat(refresh(cookie).status()).isEqualTo(401);
    }

    @Test
    void tokens_that_we_did_not_sign_are_refused() {
        Person person = Person.registered(parley, "frank");
        String[] parts = person.token().split("\\.", -1);
        String unsigned = encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".";
        String otherPayload = parts[0] + "." + encode(decode(parts[1]).replace("user", "admin")) + "." + parts[2];
        String otherIssuer = parts[0] + "."
                + encode(decode(parts[1]).replaceFirst("\"iss\":\"[^\"]*\"", "\"iss\":\"evil\"")) + "." + parts[2];
        List<String> forged =
                List.of(unsigned, otherPayload, otherIssuer, ForgedToken.by(parts[0], parts[1]), "garbage", "a.b.c");

        for (String token : forged) {
            person.use(token);
            Answer answer = person.get("/api/me");

            assertThat(answer.status()).as(token).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("unauthorized");
        }
    }

    @Test
    void bodies_that_are_nonsense_get_a_problem_and_no_stack_trace() {
        Person person = new Person(parley);

        Answer noJson = person.postRaw("/api/auth/login", "application/json", "{\"username\":");
        Answer wrongType = person.postRaw("/api/auth/login", "application/json", "{\"username\":1,\"password\":[]}");
        Answer nothing = person.postRaw("/api/auth/login", "application/json", "{}");
        Answer otherMedia = person.postRaw("/api/auth/login", "text/plain", "hello");

        for (Answer answer : List.of(noJson, wrongType, nothing)) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("invalid");
            assertThat(answer.raw().body()).doesNotContain("Exception");
        }
        assertThat(otherMedia.status()).isEqualTo(415);
        assertThat(otherMedia.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void a_request_that_is_no_http_is_refused_and_nothing_breaks() throws IOException {
        assertThat(raw("GARBAGE\r\n\r\n")).doesNotContain(" 200 ");
        assertThat(raw("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 99999999\r\nConnection: close\r\n\r\n{}"))
                .doesNotContain(" 200 ");

        assertThat(Person.demo(parley, "carol").get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void the_log_holds_neither_passwords_nor_tokens() throws IOException {
        Person person = Person.registered(parley, "silke");
        person.login(person.username(), "a-very-wrong-password");
        person.get("/api/me");

        String log = Files.readString(parley.serverLog());

        assertThat(log).doesNotContain("a-very-wrong-password", "correct horse battery", person.token());
    }

    private Answer refresh(HttpCookie cookie) {
        Person stranger = new Person(parley);
        return stranger.send(stranger.request("/api/auth/refresh")
                .header("Cookie", cookie.getName() + "=" + cookie.getValue())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpCookie refreshCookie(Person person) {
        HttpCookie cookie = person.cookies().getCookieStore().getCookies().stream()
                .filter(one -> one.getName().equals("parley_refresh"))
                .findFirst()
                .orElseThrow();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getPath()).isEqualTo("/api/auth");
        return cookie;
    }

    /** What the server says to these bytes before it hangs up (or falls silent for two seconds). */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), parley.port())) {
            socket.setSoTimeout(2000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            try {
                for (int read = in.read(buffer); read >= 0 && answer.length() < 65_536; read = in.read(buffer)) {
                    answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException silence) {
                return answer.toString();
            }
            return answer.toString();
        }
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
