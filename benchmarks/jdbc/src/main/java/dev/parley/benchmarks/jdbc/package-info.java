/** What the durable sends of the product are measured against: the same rows by nothing but the driver. Begin with {@link Bare}. */
@NullMarked
package dev.parley.benchmarks.jdbc;

import org.jspecify.annotations.NullMarked;
