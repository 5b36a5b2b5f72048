package dev.parley.testing;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Facts as an observer hears them. */
public final class Announcements<T> implements Event<T> {

    private final List<T> heard = new CopyOnWriteArrayList<>();
    private final Consumer<Runnable> when;

    /** At once. */
    public Announcements() {
        this.when = Runnable::run;
    }

    /** As one who waits for success: after the commit, and not at all after a rollback. */
    public Announcements(Persistence persistence) {
        this.when = hear -> persistence.whenOver(hear, () -> {});
    }

    /** What was announced since the last time. */
    public List<T> heard() {
        List<T> all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    @Override
    public void fire(T fact) {
        when.accept(() -> heard.add(fact));
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Event<T> select(Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }
}
