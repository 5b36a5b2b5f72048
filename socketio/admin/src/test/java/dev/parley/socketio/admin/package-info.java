@NullMarked
package dev.parley.socketio.admin;

import org.jspecify.annotations.NullMarked;
