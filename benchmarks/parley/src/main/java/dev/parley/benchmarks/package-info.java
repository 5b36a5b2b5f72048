/** The application that the benchmark puts on WildFly: {@link dev.parley.benchmarks.Work}. */
@NullMarked
package dev.parley.benchmarks;

import org.jspecify.annotations.NullMarked;
