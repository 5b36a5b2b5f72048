/** What the library says of itself: {@link PublicApiTest} first. */
@org.jspecify.annotations.NullMarked
package dev.parley.socketio.docs;
