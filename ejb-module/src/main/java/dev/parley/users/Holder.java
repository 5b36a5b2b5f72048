package dev.parley.users;

import java.util.Set;

/**
 * An account, as those who decide about it see it.
 *
 * @param roles those given here; another issuer's are in its tokens
 * @param disabled whether an administrator closed it
 */
public record Holder(User user, Set<String> roles, boolean disabled) {

    public Holder {
        roles = Set.copyOf(roles);
    }
}
