package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrewTest {

    @TempDir
    Path folder;

    @Test
    void whoever_closes_returns_when_all_are_gone() {
        Crew crew = new Crew();
        List<Child> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(crew.add(sleeper()));
        }

        ExecutorService two = Executors.newFixedThreadPool(2);
        List<CompletableFuture<Boolean>> closers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            closers.add(CompletableFuture.supplyAsync(
                    () -> {
                        crew.close();
                        return children.stream().noneMatch(Child::alive);
                    },
                    two));
        }

        assertThat(closers).allSatisfy(closer -> assertThat(closer.join()).isTrue());
        two.shutdown();
    }

    @Test
    void what_comes_late_is_stopped_too() {
        Crew crew = new Crew();
        crew.close();
        Child late = sleeper();

        assertThatThrownBy(() -> crew.add(late)).isInstanceOf(LaunchException.class);

        assertThat(late.alive()).isFalse();
    }

    @Test
    void a_process_that_ends_by_itself_is_noticed() {
        try (Crew crew = new Crew()) {
            Child child = crew.add(sleeper());
            assertThat(crew.deserter()).isEmpty();

            child.kill();

            assertThat(crew.deserter()).contains(child);
        }
    }

    private Child sleeper() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder command = new ProcessBuilder(
                java, "-Xmx16m", "-cp", System.getProperty("java.class.path"), Sleeper.class.getName());
        return Child.start("sleeper", command, folder.resolve("sleeper.log"));
    }

    /** Does nothing for a minute. */
    static final class Sleeper {

        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread.sleep(60_000);
        }
    }
}
