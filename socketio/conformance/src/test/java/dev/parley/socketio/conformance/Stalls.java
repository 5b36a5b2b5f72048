package dev.parley.socketio.conformance;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * The timers of the suites leave a client 200 ms to answer. A machine that stood still for half of that while a test ran proves
 * nothing, so a test that failed then is run again; one that fails on a machine that kept going has failed. Each repetition is told:
 * on the console, and in a file that the count of {@code .ci/run} reads.
 */
final class Stalls implements InvocationInterceptor {

    private static final Path TOLD = Path.of("target", "failsafe-reports", "repeated.txt");
    private static final Duration TICK = Duration.ofMillis(5);
    private static final Duration STALL = Duration.ofMillis(100);

    private static final int ATTEMPTS = 3;

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName());
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName());
    }

    private static void run(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, String name)
            throws Throwable {
        invocation.skip(); // it can be used once only
        for (int attempt = 1; ; attempt++) {
            try (var watch = new Watch()) {
                try {
                    invoke(method);
                    return;
                } catch (Throwable failure) {
                    if (attempt == ATTEMPTS || watch.longest() < STALL.toMillis()) {
                        throw failure;
                    }
                    tell(name + " failed its attempt " + attempt + " of " + ATTEMPTS
                            + ", in which the machine stood still for " + watch.longest() + " ms: "
                            + firstLine(failure));
                }
            }
        }
    }

    private static String firstLine(Throwable failure) {
        return failure.toString()
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }

    private static void tell(String what) throws IOException {
        System.out.println("Repeated: " + what);
        Files.createDirectories(TOLD.getParent());
        Files.writeString(TOLD, what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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

    /** Naps, and notices by how much it overslept. */
    private static final class Watch implements AutoCloseable {

        private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::nap);
        private volatile long longest;

        Watch() {
            thread.start();
        }

        private void nap() {
            try {
                while (true) {
                    long before = System.nanoTime();
                    Thread.sleep(TICK);
                    longest = Math.max(longest, System.nanoTime() - before - TICK.toNanos());
                }
            } catch (InterruptedException e) {
                // The test is over.
            }
        }

        /** Milliseconds. */
        long longest() {
            return longest / 1_000_000;
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
