package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.Acknowledgement;
import dev.parley.socketio.Event;
import dev.parley.socketio.Handshake;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.testkit.TestApplication;
import dev.parley.socketio.testkit.TestSocket;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From an event's arguments to a method's parameters. */
class BindingTest {

    record Person(String name) {}

    enum Colour {
        RED,
        GREEN
    }

    record Item(UUID id, String text, @Nullable Integer count) {
        Item {
            if (text != null && text.isBlank()) {
                throw new IllegalArgumentException("text is blank");
            }
        }
    }

    @ApplicationScoped
    static class ByToken implements Authenticator<Person> {

        @Override
        public Class<Person> identity() {
            return Person.class;
        }

        @Override
        public Person authenticate(Socket socket) {
            return new Person("ada");
        }
    }

    @ApplicationScoped
    static class Messages implements Replies {

        @Override
        public @Nullable Object success(@Nullable Object result) {
            return result;
        }

        @Override
        public Object failure(Socket socket, String event, Throwable failure) {
            return failure.getClass().getSimpleName() + " " + failure.getMessage();
        }

        @Override
        public Object unknownEvent(Socket socket, String event) {
            return "no " + event;
        }
    }

    @ApplicationScoped
    @SocketEndpoint
    static class Sample extends Shared<Item> {

        @OnEvent("given")
        String given(
                Socket socket,
                Namespace namespace,
                SocketServer server,
                Handshake handshake,
                Event event,
                Person person) {
            return socket.connected()
                    + namespace.name()
                    + (server != null)
                    + handshake.address()
                    + event.name()
                    + person.name();
        }

        @OnEvent("own")
        void own(Acknowledgement acknowledgement, String text) {
            acknowledgement.send(text, 2);
        }

        @OnEvent("mixed")
        String mixed(String first, Socket socket, int second, Person person, boolean third) {
            return first + second + third;
        }

        @OnEvent("numbers")
        String numbers(long whole, double fraction, Integer boxed) {
            return whole + " " + fraction + " " + boxed;
        }

        @OnEvent("maybe")
        String maybe(@Nullable String text, @Nullable Item item) {
            return text + " " + item;
        }

        @OnEvent("colour")
        Colour colour(Colour colour) {
            return colour;
        }

        @OnEvent("item")
        Item item(Item item) {
            return item;
        }

        @OnEvent("items")
        int items(List<Item> items, Map<String, Integer> counts) {
            return items.getFirst().text().length() + counts.get("a");
        }

        @OnEvent("bytes")
        int bytes(byte[] bytes) {
            return bytes.length;
        }

        @OnEvent("json")
        String json(JsonNode node) {
            return node.toString();
        }
    }

    static class Shared<T> {

        @OnEvent("inherited")
        T inherited(T value) {
            return value;
        }
    }

    private static TestApplication deployment;

    @BeforeAll
    static void deploy() {
        deployment = TestApplication.of(Sample.class, ByToken.class, Messages.class);
    }

    @AfterAll
    static void undeploy() {
        deployment.close();
    }

    @Test
    void gives_what_the_library_knows_by_type() {
        assertThat(ask("given")).isEqualTo("true/true192.0.2.1givenada");
    }

    @Test
    void binds_arguments_in_their_order_around_what_is_given() {
        assertThat(ask("mixed", "a", 5, true)).isEqualTo("a5true");
    }

    @Test
    void leaves_the_answer_to_a_method_that_takes_the_acknowledgement() {
        assertThat(connect().ask("own", "x").arguments()).hasToString("[\"x\", 2]");
    }

    @Test
    void binds_numbers() {
        assertThat(ask("numbers", 3_000_000_000L, 1.5, 7)).isEqualTo("3000000000 1.5 7");
        assertThat(ask("numbers", 1, 2, 3)).isEqualTo("1 2.0 3");
    }

    @Test
    void takes_null_and_missing_only_where_it_is_nullable() {
        assertThat(ask("maybe")).isEqualTo("null null");
        assertThat(ask("maybe", null, null)).isEqualTo("null null");
        assertThat(ask("mixed", "a")).isEqualTo("WrongArgument second: missing");
        assertThat(ask("mixed", null, 1, true)).isEqualTo("WrongArgument first: missing");
    }

    @Test
    void refuses_the_wrong_kind_of_json_and_names_the_parameter() {
        assertThat(ask("mixed", 5, 5, true)).isEqualTo("WrongArgument first: not a string");
        assertThat(ask("mixed", "a", "5", true)).isEqualTo("WrongArgument second: not a whole number in range");
        assertThat(ask("mixed", "a", 1.5, true)).isEqualTo("WrongArgument second: not a whole number in range");
        assertThat(ask("mixed", "a", 3_000_000_000L, true))
                .isEqualTo("WrongArgument second: not a whole number in range");
        assertThat(ask("mixed", "a", 5, 1)).isEqualTo("WrongArgument third: not true or false");
        assertThat(ask("bytes", "AQID")).isEqualTo("WrongArgument bytes: not binary");
    }

    @Test
    void binds_enums_by_name() {
        assertThat(ask("colour", "RED")).isEqualTo("RED");
        assertThat(ask("colour", "BLUE")).isEqualTo("WrongArgument colour: not one of RED, GREEN");
        assertThat(ask("colour", 0)).isEqualTo("WrongArgument colour: not one of RED, GREEN");
    }

    @Test
    void binds_records_and_ignores_fields_it_does_not_know() {
        UUID id = UUID.randomUUID();

        assertThat(connect()
                        .ask("item", Map.of("id", id, "text", "hi", "new", 1))
                        .as(Item.class))
                .isEqualTo(new Item(id, "hi", null));
        assertThat(connect().ask("inherited", Map.of("id", id, "text", "hi")).as(Item.class))
                .isEqualTo(new Item(id, "hi", null));
    }

    @Test
    void names_the_field_that_does_not_fit_but_not_its_value() {
        assertThat(ask("item", Map.of("id", "secret", "text", "hi"))).isEqualTo("WrongArgument item.id: not a UUID");
        assertThat(ask("item", Map.of("count", List.of())))
                .isEqualTo("WrongArgument item.count: not a whole number in range");
        assertThat(ask("item", "text")).isEqualTo("WrongArgument item: not a valid Item");
        assertThat(ask("items", List.of(Map.of(), 5), Map.of())).isEqualTo("WrongArgument items[1]: not a valid Item");
    }

    @Test
    void passes_on_what_a_payload_says_about_itself() {
        assertThat(ask("item", Map.of("text", " "))).isEqualTo("WrongArgument text is blank");
        assertThat(ask("items", List.of(Map.of("text", " ")), Map.of())).isEqualTo("WrongArgument text is blank");
    }

    @Test
    void binds_generic_collections_binary_and_raw_json() {
        assertThat(ask("items", List.of(Map.of("text", "four")), Map.of("a", 3)))
                .isEqualTo(7);
        assertThat(ask("bytes", new byte[] {1, 2, 3})).isEqualTo(3);
        assertThat(ask("json", Map.of("a", List.of(1)))).isEqualTo("{\"a\":[1]}");
        assertThat(ask("json", (Object) null)).isEqualTo("null");
    }

    private static TestSocket connect() {
        return deployment.server().client().address("192.0.2.1").connect().join();
    }

    private static Object ask(String event, Object... arguments) {
        Object[] all = arguments == null ? new Object[] {null} : arguments;
        return connect().ask(event, all).as(Object.class);
    }
}
