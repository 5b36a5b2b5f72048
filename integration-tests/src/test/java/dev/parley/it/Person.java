package dev.parley.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Somebody at an HTTP client of their own, with a cookie jar, as a browser has one. */
final class Person {

    static final ObjectMapper JSON = JsonMapper.builder().build();

    /** What came back. */
    record Answer(int status, JsonNode body, HttpResponse<String> raw) {

        String code() {
            return body.path("code").asText();
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    private final Parley parley;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http;
    private String token = "";
    private JsonNode user = JSON.missingNode();

    Person(Parley parley) {
        this(parley, InetAddress.getLoopbackAddress());
    }

    /** @param from where the server sees them, an address of the loopback interface */
    Person(Parley parley, InetAddress from) {
        this.parley = parley;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(cookies)
                .localAddress(from)
                .build();
    }

    /** A new person with a name that nobody had before. */
    static Person registered(Parley parley, String name) {
        Person person = new Person(parley);
        String username = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        Answer answer = person.post(
                "/api/auth/register",
                Map.of("username", username, "password", "correct horse battery", "displayName", name));
        if (answer.status() != 201) {
            throw new AssertionError("register answered " + answer.status() + " " + answer.body());
        }
        person.take(answer.body());
        return person;
    }

    /** One of alice, bob, carol. */
    static Person demo(Parley parley, String name) {
        Person person = new Person(parley);
        Answer answer = person.login(name, "parley");
        if (answer.status() != 200) {
            throw new AssertionError("login answered " + answer.status() + " " + answer.body());
        }
        return person;
    }

    Answer login(String username, String password) {
        Answer answer = post("/api/auth/login", Map.of("username", username, "password", password));
        if (answer.status() == 200) {
            take(answer.body());
        }
        return answer;
    }

    private void take(JsonNode signedIn) {
        token = signedIn.path("accessToken").asText();
        user = signedIn.path("user");
    }

    Parley parley() {
        return parley;
    }

    String token() {
        return token;
    }

    void use(String otherToken) {
        token = otherToken;
    }

    String id() {
        return user.path("id").asText();
    }

    String username() {
        return user.path("username").asText();
    }

    CookieManager cookies() {
        return cookies;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(text(body))));
    }

    Answer postRaw(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer patch(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(text(body))));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer put(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(text(body))));
    }

    /** A room of one's own to talk in, with these members. */
    String room(String name, Person... members) {
        Answer created = post("/api/rooms", Map.of("name", name, "kind", "private"));
        if (created.status() != 201) {
            throw new AssertionError("POST /api/rooms answered " + created.status() + " " + created.body());
        }
        String roomId = created.body().path("id").asText();
        for (Person member : members) {
            Answer added = put("/api/rooms/" + roomId + "/members/" + member.id(), Map.of("role", "member"));
            if (added.status() >= 300) {
                throw new AssertionError("PUT member answered " + added.status() + " " + added.body());
            }
        }
        return roomId;
    }

    /** The direct room with somebody. */
    String roomWith(Person other) {
        Answer answer = post("/api/rooms/direct", Map.of("userId", other.id()));
        if (answer.status() >= 300) {
            throw new AssertionError("POST /api/rooms/direct answered " + answer.status() + " " + answer.body());
        }
        return answer.body().path("id").asText();
    }

    HttpRequest.Builder request(String path) {
        return request(parley.url(path));
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode body = type.contains("json") && !response.body().isBlank()
                    ? JSON.readTree(response.body())
                    : JSON.missingNode();
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
