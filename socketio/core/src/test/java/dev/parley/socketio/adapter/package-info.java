@NullMarked
package dev.parley.socketio.adapter;

import org.jspecify.annotations.NullMarked;
