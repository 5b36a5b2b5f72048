package dev.parley.socketio;

import java.util.Collection;

/**
 * Many namespaces under one rule: each child gets the middlewares and listeners that the parent had when the child was made, and what
 * the parent emits goes to all children.
 */
public interface ParentNamespace extends Namespace {

    /** Those of this node that exist now. */
    Collection<Namespace> children();
}
