/**
 * What people type, before anybody keeps it: {@link dev.parley.text.Text} refuses what cannot be kept or would mislead who reads it,
 * {@link dev.parley.text.Moments} reads times.
 */
@NullMarked
package dev.parley.text;

import org.jspecify.annotations.NullMarked;
