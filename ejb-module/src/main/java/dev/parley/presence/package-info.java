/** Who is there: one {@link dev.parley.presence.Presence} a person, whatever the number of their tabs and devices. */
@NullMarked
package dev.parley.presence;

import org.jspecify.annotations.NullMarked;
