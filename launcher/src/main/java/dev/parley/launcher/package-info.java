/**
 * Starts and stops the processes that make up a Parley on one machine. {@link dev.parley.launcher.Launch} is what
 * {@code mvn -Prun} runs; the integration tests use the parts.
 *
 * <pre>{@code
 * try (Crew crew = new Crew()) {
 *     Azurite.start(crew, packages, data, 10000, log);
 *     WildFly wildfly = new WildFly(setup);
 *     wildfly.awaitDeployed(wildfly.start(crew), Duration.ofMinutes(2));
 * }
 * }</pre>
 */
@NullMarked
package dev.parley.launcher;

import org.jspecify.annotations.NullMarked;
