package dev.parley.socketio.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parley.socketio.Acknowledgement;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Event;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.OnConnect;
import dev.parley.socketio.jakarta.OnDisconnect;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

@ApplicationScoped
@SocketEndpoint
class Conversation {

    record Sum(int a, int b) {}

    record Said(String room, String text) {}

    @Inject
    SocketServer server;

    @OnConnect
    void welcome(Socket socket, Person person) {
        socket.emit("welcome", person.name());
    }

    @OnDisconnect
    void farewell(Person person, DisconnectReason reason) {
        System.setProperty(
                "sample.farewells", person.name() + ": " + reason.text()); // a WAR shares no classes with its test
        server.to("lobby").emit("left", person.name());
    }

    @OnEvent("echo")
    void echo(Socket socket, Event event, Acknowledgement acknowledgement) {
        Object[] arguments = event.arguments().toArray();
        acknowledgement.send(arguments);
        socket.emit("echoed", arguments);
    }

    @OnEvent("add")
    int add(Sum sum) {
        return sum.a() + sum.b();
    }

    @Logged
    @OnEvent("logged")
    String logged(Person person) {
        return person.name();
    }

    @OnEvent("transport")
    String transport(Socket socket) {
        return socket.connection().transport().text();
    }

    @OnEvent("join")
    void join(Socket socket, String room) {
        socket.join(room);
    }

    @OnEvent("leave")
    void leave(Socket socket, String room) {
        socket.leave(room);
    }

    @OnEvent("say")
    void say(Socket socket, Person person, Said said) {
        socket.within(said.room()).emit("said", person.name(), said.text());
    }

    @OnEvent("announce")
    void announce(String text) {
        server.of("/").all().emit("announced", text);
    }

    @OnEvent("reverse")
    Map<String, Object> reverse(Socket socket, byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        socket.emit("reversed", reversed, Map.of("again", List.of(reversed)));
        return Map.of("reversed", reversed);
    }

    @OnEvent("ask me")
    CompletionStage<JsonNode> askMe(Socket socket) {
        return socket.emitWithAck(Duration.ofSeconds(5), "question", "how are you?")
                .thenApply(answers -> answers.isEmpty() ? TextNode.valueOf("nothing") : answers.getFirst());
    }

    @OnEvent("bye")
    void bye(Socket socket, boolean close) {
        socket.disconnect(close);
    }

    @OnEvent("unwritable")
    Object unwritable() {
        return new Object();
    }

    @OnEvent("fail")
    void fail() {
        throw new IllegalStateException("disk at 10.0.0.1 is full");
    }
}
