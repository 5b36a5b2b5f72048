/**
 * Parley from outside: a provisioned server with the EAR in it, and clients that know nothing but the wire contract. {@link
 * dev.parley.it.Parley} is one running installation; {@link dev.parley.it.SharedParley} lends the same one to many tests.
 */
@NullMarked
package dev.parley.it;

import org.jspecify.annotations.NullMarked;
