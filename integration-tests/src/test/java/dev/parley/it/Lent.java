package dev.parley.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Lends one {@link Parley} to all test classes that ask for this kind of it; it stops with the last test of the run. */
abstract class Lent implements ParameterResolver {

    private static final Namespace HERE = Namespace.create(Lent.class);

    private record Held(Parley parley) implements AutoCloseable {

        @Override
        public void close() {
            parley.close();
        }
    }

    abstract Parley start();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Parley.class;
    }

    @Override
    public Parley resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(getClass(), kind -> new Held(start()), Held.class)
                .parley();
    }
}
