/** Sessions and codecs without a network and without waiting: time is moved by hand. */
@NullMarked
package dev.parley.engineio;

import org.jspecify.annotations.NullMarked;
