/** Who calls: {@link dev.parley.identity.Caller} is the first parameter of every service method. */
@NullMarked
package dev.parley.identity;

import org.jspecify.annotations.NullMarked;
