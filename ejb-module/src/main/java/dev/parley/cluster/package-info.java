/**
 * What the nodes have in common: the database's schema, replicated maps and the time. The only package that knows Infinispan; to
 * everybody else a replicated map is a {@link java.util.concurrent.ConcurrentMap}.
 */
@NullMarked
package dev.parley.cluster;

import org.jspecify.annotations.NullMarked;
