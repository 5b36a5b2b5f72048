package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoomOrderTest {

    private static final UUID ROOM = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong now = new AtomicLong();
    private final RoomOrder<String> order = new RoomOrder<>(told::add, now::get);

    @Test
    void tells_in_the_order_of_firing_whichever_ends_first() {
        order.fired(ROOM, "1");
        order.fired(ROOM, "2");
        order.fired(ROOM, "3");

        order.committed(ROOM, "3");
        order.committed(ROOM, "2");
        assertThat(told).isEmpty();
        order.committed(ROOM, "1");

        assertThat(told).containsExactly("1", "2", "3");
        assertThat(order.size()).isZero();
    }

    @Test
    void does_not_wait_for_what_was_rolled_back() {
        order.fired(ROOM, "1");
        order.fired(ROOM, "2");

        order.committed(ROOM, "2");
        order.settled(ROOM, "1", Optional.empty());

        assertThat(told).containsExactly("2");
        assertThat(order.size()).isZero();
    }

    @Test
    void tells_in_its_place_what_became_of_a_failed_commit() {
        order.fired(ROOM, "1?");
        order.fired(ROOM, "2");

        order.committed(ROOM, "2");
        assertThat(told).isEmpty();
        order.settled(ROOM, "1?", Optional.of("1"));

        assertThat(told).containsExactly("1", "2");
        assertThat(order.size()).isZero();
    }

    @Test
    void does_not_let_one_room_wait_for_another() {
        order.fired(ROOM, "1");
        order.fired(OTHER, "a");

        order.committed(OTHER, "a");

        assertThat(told).containsExactly("a");
    }

    @Test
    void passes_over_a_place_whose_end_is_never_told() {
        order.fired(ROOM, "1");
        order.fired(ROOM, "2");
        now.addAndGet(Duration.ofSeconds(31).toNanos());
        order.fired(ROOM, "3");

        order.committed(ROOM, "2");
        order.committed(ROOM, "3");
        order.committed(ROOM, "1");

        assertThat(told).containsExactly("2", "3", "1");
        assertThat(order.size()).isZero();
    }

    @Test
    void keeps_a_line_within_its_bound() {
        IntStream.range(0, 1_500).mapToObj(String::valueOf).forEach(fact -> order.fired(ROOM, fact));

        String last = "1499";
        // identity counts, so the same object must come back: this one does not
        order.committed(ROOM, new String(last.toCharArray()));

        assertThat(told).containsExactly(last);
    }

    @Test
    void who_tells_takes_what_others_leave() throws Exception {
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        RoomOrder<String> slow = new RoomOrder<>(
                fact -> {
                    telling.countDown();
                    await(go);
                    told.add(fact);
                },
                now::get);
        slow.fired(ROOM, "1");
        slow.fired(ROOM, "2");

        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            var first = threads.submit(() -> slow.committed(ROOM, "1"));
            assertThat(telling.await(10, TimeUnit.SECONDS)).isTrue();
            slow.committed(ROOM, "2"); // returns although the other is still telling
            assertThat(told).isEmpty();
            go.countDown();
            first.get(10, TimeUnit.SECONDS);
        }

        assertThat(told).containsExactly("1", "2");
    }

    @Test
    void keeps_the_order_of_many_threads() throws Exception {
        int threads = 8;
        int each = 500;
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        RoomOrder<Integer> numbers = new RoomOrder<>(heard::add, now::get);
        Object room = new Object();
        int[] next = {1_000_000}; // beyond the cached boxes: each number is one object
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            var all = IntStream.range(0, threads)
                    .mapToObj(t -> pool.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        for (int i = 0; i < each; i++) {
                            Integer fact;
                            synchronized (room) { // as the row's lock does
                                fact = next[0]++;
                                numbers.fired(ROOM, fact);
                            }
                            if (i % 7 == 3) {
                                numbers.settled(ROOM, fact, Optional.empty());
                            } else {
                                numbers.committed(ROOM, fact);
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (var one : all) {
                one.get(20, TimeUnit.SECONDS);
            }
        }

        assertThat(heard).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.size()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("too late");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
