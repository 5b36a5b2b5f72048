package dev.parley.signin;

import dev.parley.users.AccountService;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Opens the account that all others can be opened with: {@code parley.admin.username} and {@code parley.admin.password}, if nobody
 * is called so yet. Change the password afterwards; what is configured is looked at no more.
 */
@Singleton
@Startup
@DependsOn("Migrator")
public class FirstAdmin {

    @EJB
    AccountService accounts;

    @Inject
    SignInSettings settings;

    @Inject
    @ConfigProperty(name = "parley.admin.username")
    Optional<String> username;

    @Inject
    @ConfigProperty(name = "parley.admin.password")
    Optional<String> password;

    @PostConstruct
    void open() {
        if (username.isPresent() && password.isPresent()) {
            accounts.openWithRole(username.get(), password.get(), settings.adminRole());
        }
    }
}
