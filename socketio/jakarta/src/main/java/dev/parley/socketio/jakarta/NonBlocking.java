package dev.parley.socketio.jakarta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of an {@link OnEvent} method that it never blocks: no database, no remote call, no lock that is held for long. It then runs at
 * once on the thread that read the packet, which saves the way over another thread, in the client's order all the same. What the
 * application adds to each event runs there as well: its {@link EventFilter}s, {@link Replies} and interceptors, and the {@link OnAny}
 * methods of the namespace, which therefore must be non-blocking too. A method that blocks nevertheless holds up every client of its
 * thread.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NonBlocking {}
