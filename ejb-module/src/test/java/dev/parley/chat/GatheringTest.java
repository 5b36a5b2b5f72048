package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private final UUID place = UUID.randomUUID();
    private final List<List<Integer>> performed = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Runnable> meanwhile = new ArrayDeque<>();
    private long now;
    private boolean stopping;

    private final Gathering<Integer, String> gathering = new Gathering<>(this::perform, this::execute, () -> now, 2);

    @Test
    void who_comes_alone_is_served_at_once() {
        CompletionStage<String> answer = gathering.add(place, 1);

        assertThat(answer).isCompletedWithValue("done 1");
        assertThat(gathering.size()).isZero();
    }

    @Test
    void who_comes_while_others_are_served_is_served_with_all_that_came() {
        List<CompletionStage<String>> answers = new ArrayList<>();
        meanwhile.add(() -> IntStream.of(2, 3, 4).forEach(one -> answers.add(gathering.add(place, one))));

        gathering.add(place, 1);
        assertThat(performed).containsExactly(List.of(1));
        runTasks();

        assertThat(performed).containsExactly(List.of(1), List.of(2, 3, 4));
        assertThat(answers)
                .map(CompletionStage::toCompletableFuture)
                .map(CompletableFuture::join)
                .containsExactly("done 2", "done 3", "done 4");
        assertThat(gathering.size()).isZero();
    }

    @Test
    void other_places_do_not_wait() {
        UUID elsewhere = UUID.randomUUID();
        meanwhile.add(() -> gathering.add(elsewhere, 2));

        gathering.add(place, 1);

        assertThat(performed).containsExactly(List.of(2), List.of(1));
    }

    @Test
    void of_many_places_some_wait_for_their_turn_and_gather_meanwhile() {
        UUID second = UUID.randomUUID();
        UUID third = UUID.randomUUID();
        UUID fourth = UUID.randomUUID();
        meanwhile.add(() -> gathering.add(second, 2));
        meanwhile.add(() -> {
            gathering.add(third, 3);
            gathering.add(fourth, 4);
            gathering.add(third, 30);
            gathering.add(place, 10);
        });

        gathering.add(place, 1);
        assertThat(performed).containsExactly(List.of(2), List.of(1));
        runTasks();

        assertThat(performed.subList(2, 5)).containsExactly(List.of(3, 30), List.of(4), List.of(10));
        assertThat(gathering.size()).isZero();
    }

    @Test
    void more_than_fit_into_one_go_take_several_in_their_order() {
        int many = Gathering.MOST_TOGETHER + 1;
        meanwhile.add(() -> IntStream.range(0, many).forEach(one -> gathering.add(place, one)));

        gathering.add(place, -1);
        runTasks();

        assertThat(performed).extracting(List::size).containsExactly(1, Gathering.MOST_TOGETHER, 1);
        assertThat(performed.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(-1, many).boxed().toList());
    }

    @Test
    void who_has_waited_too_long_is_told_and_not_served() {
        List<CompletionStage<String>> answers = new ArrayList<>();
        meanwhile.add(() -> {
            answers.add(gathering.add(place, 2));
            now += Gathering.PATIENCE.toNanos() + 1;
            answers.add(gathering.add(place, 3));
        });

        gathering.add(place, 1);
        runTasks();

        assertThat(performed).containsExactly(List.of(1), List.of(3));
        assertThat(answers.getFirst().toCompletableFuture())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(Problem.class);
        assertThat(gathering.size()).isZero();
    }

    @Test
    void a_line_has_an_end() {
        meanwhile.add(() -> {
            IntStream.range(0, Gathering.LONGEST_LINE).forEach(one -> gathering.add(place, one));

            assertThatThrownBy(() -> gathering.add(place, -1)).isInstanceOf(Problem.class);
        });

        gathering.add(place, -2);
        runTasks();

        assertThat(performed.stream().mapToInt(List::size).sum()).isEqualTo(Gathering.LONGEST_LINE + 1);
        assertThat(gathering.size()).isZero();
    }

    @Test
    void what_waits_is_done_even_when_no_thread_is_given_any_more() {
        stopping = true;
        meanwhile.add(() -> gathering.add(place, 2));

        gathering.add(place, 1);

        assertThat(performed).containsExactly(List.of(1), List.of(2));
    }

    private void perform(UUID where, List<Gathering.Waiting<Integer, String>> things) {
        Runnable event = meanwhile.poll();
        if (event != null) {
            event.run();
        }
        performed.add(things.stream().map(Gathering.Waiting::thing).toList());
        things.forEach(one -> one.result().complete("done " + one.thing()));
    }

    private void execute(Runnable task) {
        if (stopping) {
            throw new RejectedExecutionException();
        }
        tasks.add(task);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
