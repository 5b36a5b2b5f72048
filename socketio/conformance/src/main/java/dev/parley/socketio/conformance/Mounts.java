package dev.parley.socketio.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.engineio.Engine;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.Timers;
import dev.parley.engineio.TransportName;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.SocketServerBuilder;
import dev.parley.socketio.jakarta.door.ContainerThreads;
import dev.parley.socketio.jakarta.door.SocketDoor;
import dev.parley.socketio.msgpack.MsgPackParser;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;

/** Mounts what is built by hand; the fixture at {@code /socket.io/} is {@link SocketFixture}, which CDI builds. */
@WebListener
public final class Mounts implements ServletContextListener {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final Deque<Runnable> endings = new ArrayDeque<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var mounting = new Mounting(event.getServletContext(), ContainerThreads.find(), endings);
        mounting.echo("/engine.io/", Fixtures.impatient());
        mounting.echo("/patient/engine.io/", Fixtures.patient());
        mounting.echo("/standard/engine.io/", Fixtures.patient());
        mounting.sockets("/standard/socket.io/", Fixtures.patient(), builder -> {}, Fixtures::install);
        mounting.sockets("/patient/socket.io/", Fixtures.patient(), builder -> {}, Fixtures::install);
        mounting.sockets("/rules/", Rules.options(), builder -> {}, Rules::install);
        mounting.sockets("/recovery/", Fixtures.patient(), Recovering::configure, Recovering::install);
        mounting.sockets(
                "/msgpack/",
                Fixtures.patient(),
                builder -> builder.parser(MsgPackParser.of(MAPPER)),
                MsgPackFixture::install);
        mounting.echo("/deflate/", Fixtures.patient().perMessageDeflate(true));
        mounting.echo("/plain/", EngineOptions.builder());
        mounting.echo("/sockets/", EngineOptions.builder().transports(Set.of(TransportName.WEBSOCKET)));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        endings.forEach(Runnable::run);
    }

    /** @param endings what to run in the end, last first */
    private record Mounting(ServletContext context, ContainerThreads threads, Deque<Runnable> endings) {

        Mounting {
            endings.push(threads::close);
        }

        /** The Engine.IO fixture. */
        void echo(String path, EngineOptions.Builder options) {
            var timers = new Timers(threads.timer());
            var engine = new Engine(options.build(), timers, threads.executor(), EngineFixture::new);
            endings.push(timers::close);
            endings.push(engine::close);
            SocketDoor.mount(context, engine, Fixtures.door(path));
        }

        /** A Socket.IO server. */
        void sockets(
                String path,
                EngineOptions.Builder options,
                Consumer<SocketServerBuilder> more,
                Consumer<SocketServer> application) {
            var builder =
                    SocketServer.builder(threads.executor(), threads.timer()).engine(options.build());
            more.accept(builder);
            var server = builder.build();
            endings.push(server::close);
            application.accept(server);
            SocketDoor.mount(context, server.engine(), Fixtures.door(path));
        }
    }
}
