package dev.parley.web.rest;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import org.jspecify.annotations.Nullable;

/** Who sent this request: set by {@link BearerFilter}, read by {@code @Inject Caller}. */
@RequestScoped
class CurrentCaller {

    private @Nullable Caller caller;

    void set(Caller proved) {
        caller = proved;
    }

    @Produces
    Caller caller() {
        if (caller == null) {
            throw Problem.of(Code.UNAUTHORIZED, "Sign in first.");
        }
        return caller;
    }
}
