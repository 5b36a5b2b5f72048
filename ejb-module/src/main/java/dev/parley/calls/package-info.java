/**
 * Calls: who talks with whom, and nothing of what they say. {@link dev.parley.calls.CallService} is the way in.
 *
 * <p>A call that goes on is one value of a replicated map, moved by compare-and-set from state to state ({@link dev.parley.calls.CallRules}
 * decides, without any I/O), so that any node can answer any device and exactly one transition wins. The database learns of a call
 * when it is over.
 */
@NullMarked
package dev.parley.calls;

import org.jspecify.annotations.NullMarked;
