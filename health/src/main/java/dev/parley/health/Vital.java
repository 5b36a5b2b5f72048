package dev.parley.health;

/** A look at something without which the application does not work. */
@FunctionalInterface
public interface Vital {

    /**
     * Comes back soon when all is well.
     *
     * @throws Exception when it is not; only its class is shown
     */
    void look() throws Exception;
}
