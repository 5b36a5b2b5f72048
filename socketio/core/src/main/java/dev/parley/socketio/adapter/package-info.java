/** Who is in which room, and how a broadcast reaches them: the seam behind which a cluster fits. */
@NullMarked
package dev.parley.socketio.adapter;

import org.jspecify.annotations.NullMarked;
