package dev.parley.socketio.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * The timers of the suites leave a client 200 ms to answer. A machine that stood still for a good part of that while a test ran proves
 * nothing, so such a test is run again; one that fails on a machine that kept going has failed.
 */
final class Stalls implements InvocationInterceptor {

    private static final Duration TICK = Duration.ofMillis(5);
    /** Wide awake is a machine on which a 5 ms nap takes less than that. */
    private static final Duration STALL = Duration.ofMillis(25);

    private static final int ATTEMPTS = 6;

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method);
    }

    private static void run(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method) throws Throwable {
        invocation.skip(); // it can be used once only
        for (int attempt = 1; ; attempt++) {
            try (var watch = new Watch()) {
                try {
                    invoke(method);
                    return;
                } catch (Throwable failure) {
                    if (attempt == ATTEMPTS || !watch.stalled()) {
                        throw failure;
                    }
                }
            }
        }
    }

    private static void invoke(ReflectiveInvocationContext<Method> method) throws Throwable {
        var executable = method.getExecutable();
        executable.setAccessible(true);
        try {
            executable.invoke(
                    method.getTarget().orElseThrow(), method.getArguments().toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Naps, and notices when it overslept. */
    private static final class Watch implements AutoCloseable {

        private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::nap);
        private volatile boolean stalled;

        Watch() {
            thread.start();
        }

        private void nap() {
            try {
                while (true) {
                    long before = System.nanoTime();
                    Thread.sleep(TICK);
                    if (System.nanoTime() - before > STALL.toNanos()) {
                        stalled = true;
                    }
                }
            } catch (InterruptedException e) {
                // The test is over.
            }
        }

        boolean stalled() {
            return stalled;
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
