package dev.parley.users;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Alice, Bob and Carol, for the demonstration only ({@code parley.demo.people}). Others that need them name this bean. */
@Singleton
@Startup
@DependsOn("Migrator")
public class DemoPeople {

    @EJB
    AccountService accounts;

    @Inject
    @ConfigProperty(name = "parley.demo.people", defaultValue = "false")
    boolean wanted;

    @PostConstruct
    void open() {
        if (wanted) {
            accounts.openDemo("alice", "Alice", "parley");
            accounts.openDemo("bob", "Bob", "parley");
            accounts.openDemo("carol", "Carol", "parley");
        }
    }
}
