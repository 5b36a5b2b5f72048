@NullMarked
package dev.parley.socketio.testkit;

import org.jspecify.annotations.NullMarked;
