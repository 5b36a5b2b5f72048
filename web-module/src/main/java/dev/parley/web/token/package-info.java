/** Who is it: the one place that reads access tokens, for REST and socket alike. */
@NullMarked
package dev.parley.web.token;

import org.jspecify.annotations.NullMarked;
