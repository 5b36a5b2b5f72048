/** Engine.IO v4: one reliable, ordered connection over long-polling or WebSocket. Knows nothing of Socket.IO, users or JSON payloads. */
@NullMarked
package dev.parley.engineio;

import org.jspecify.annotations.NullMarked;
