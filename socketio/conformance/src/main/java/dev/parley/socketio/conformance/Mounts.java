package dev.parley.socketio.conformance;

import dev.parley.engineio.Engine;
import dev.parley.engineio.Timers;
import dev.parley.socketio.jakarta.door.ContainerThreads;
import dev.parley.socketio.jakarta.door.SocketDoor;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.ArrayDeque;
import java.util.Deque;

/** Mounts what is built by hand; the fixture at {@code /socket.io/} is {@link SocketFixture}, which CDI builds. */
@WebListener
public final class Mounts implements ServletContextListener {

    private final Deque<Runnable> endings = new ArrayDeque<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var threads = ContainerThreads.find();
        endings.push(threads::close);
        var timers = new Timers(threads.timer());
        endings.push(timers::close);

        var echo = new Engine(TestTimers.engine().build(), timers, threads.executor(), EngineFixture::new);
        endings.push(echo::close);
        SocketDoor.mount(event.getServletContext(), echo, TestTimers.door("/engine.io/"));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        endings.forEach(Runnable::run);
    }
}
