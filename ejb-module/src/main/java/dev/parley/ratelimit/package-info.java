/** How often who may do what: {@link dev.parley.ratelimit.RateLimited} on a method is all that a feature says. */
@NullMarked
package dev.parley.ratelimit;

import org.jspecify.annotations.NullMarked;
