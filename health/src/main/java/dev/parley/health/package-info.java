/**
 * How the application is, for those who look from outside: {@link dev.parley.health.Vitals} keeps what its parts say they need.
 *
 * <pre>{@code
 * vitals.needs("database", () -> database.getConnection().close());
 * }</pre>
 */
@NullMarked
package dev.parley.health;

import org.jspecify.annotations.NullMarked;
