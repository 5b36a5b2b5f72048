/** What administrators see: health, metrics, settings, response headers. */
@NullMarked
package dev.parley.web.ops;

import org.jspecify.annotations.NullMarked;
