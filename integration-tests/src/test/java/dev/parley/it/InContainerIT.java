package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Caller;
import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.ejb.EJB;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs inside the server, within the application: a service is injected as it is into the web module. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {

    @EJB(lookup = "java:app/ejb-module/UserService!dev.parley.users.UserService")
    UserService users;

    @Deployment
    public static EnterpriseArchive earWithThisTest() {
        EnterpriseArchive ear = DeployedEarIT.ear();
        WebArchive war = ear.getAsType(WebArchive.class, "/web-module.war");
        war.addClass(InContainerIT.class);
        war.addAsLibraries(jarOf(Assertions.class));
        ear.delete("/web-module.war");
        ear.addAsModule(Testable.archiveToTest(war));
        return ear;
    }

    @Test
    void a_service_is_injected_and_reads_the_database() {
        Map<String, User> demo = users.byUsernames(List.of("alice", "bob", "nobody"));

        assertThat(demo).containsOnlyKeys("alice", "bob");
    }

    @Test
    void people_do_not_find_themselves() {
        User alice = users.byUsernames(List.of("alice")).get("alice");
        Caller caller = new Caller(alice.id(), UUID.randomUUID(), alice.username(), Set.of("user"));

        List<User> found = users.search(caller, "", 50);

        assertThat(found).extracting(User::username).contains("bob", "carol").doesNotContain("alice");
    }

    private static File jarOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
