/** How everything looks on the wire, over HTTP and over the socket: JSON, and what a failure says. */
@NullMarked
package dev.parley.web.wire;

import org.jspecify.annotations.NullMarked;
