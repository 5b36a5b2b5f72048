package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However many threads put tasks in, each one's run in its order, one at a time, and all of them. */
class MailboxProperties {

    @Property(tries = 60)
    void tasks_of_each_producer_run_in_their_order_and_never_two_at_once(
            @ForAll boolean inline,
            @ForAll @IntRange(min = 0, max = 2) int kind,
            @ForAll @IntRange(min = 1, max = 4) int producers,
            @ForAll @IntRange(min = 1, max = 1500) int each)
            throws Exception {
        try (var pool = Executors.newFixedThreadPool(2)) {
            var executor = executor(kind, pool);
            var mailbox = inline ? Mailbox.inline(executor) : Mailbox.on(executor);
            var inside = new AtomicInteger();
            var overlaps = new AtomicInteger();
            List<List<Integer>> ran = new ArrayList<>();
            var done = new CountDownLatch(producers * each);
            var threads = new ArrayList<Thread>();
            for (int p = 0; p < producers; p++) {
                List<Integer> mine = new ArrayList<>(); // written inside the mailbox only
                ran.add(mine);
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        int number = i;
                        mailbox.put(() -> {
                            if (inside.getAndIncrement() != 0) {
                                overlaps.incrementAndGet();
                            }
                            mine.add(number);
                            inside.decrementAndGet();
                            done.countDown();
                        });
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }

            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(overlaps).hasValue(0);
            assertThat(ran)
                    .allSatisfy(numbers -> assertThat(numbers).hasSize(each).isSorted());
        }
    }

    /** One that has threads, one that never has, and one that has none now and then. */
    private static Executor executor(int kind, Executor pool) {
        var calls = new AtomicInteger();
        return task -> {
            if (kind == 1 || (kind == 2 && calls.getAndIncrement() % 2 == 0)) {
                throw new RejectedExecutionException("full");
            }
            pool.execute(task);
        };
    }
}
