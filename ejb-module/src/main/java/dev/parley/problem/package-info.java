/** What a caller may learn about a failure: one catalogue of codes for REST and socket. */
@NullMarked
package dev.parley.problem;

import org.jspecify.annotations.NullMarked;
