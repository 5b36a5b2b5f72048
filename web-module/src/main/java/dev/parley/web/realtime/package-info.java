/** What is said over the socket, one class per topic: handlers in, broadcasts out. */
@NullMarked
package dev.parley.web.realtime;

import org.jspecify.annotations.NullMarked;
