/**
 * Tests of applications with sockets. {@link dev.parley.socketio.testkit.TestServer} runs handlers without a network, without threads
 * and on a clock of its own; {@link dev.parley.socketio.testkit.TestApplication} does so with CDI beans;
 * {@link dev.parley.socketio.testkit.EmbeddedServer} and {@link dev.parley.socketio.testkit.WebApplication} start real servers, which
 * {@link dev.parley.socketio.testkit.TestClient} and {@link dev.parley.socketio.testkit.Peer} drive.
 *
 * <pre>{@code
 * try (TestApplication app = TestApplication.of(Chat.class)) {
 *     TestSocket ada = app.server().join();
 *     TestSocket bob = app.server().join();
 *     ada.emit("join", "lobby");
 *     bob.emit("join", "lobby");
 *     assertThat(bob.ask("say", Map.of("room", "lobby", "text", "hi")).value().has("at")).isTrue();
 *     assertThat(ada.hear("said").asText()).isEqualTo("hi");
 * }
 * }</pre>
 */
@NullMarked
package dev.parley.socketio.testkit;

import org.jspecify.annotations.NullMarked;
