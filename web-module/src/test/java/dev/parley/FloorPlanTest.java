package dev.parley;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds the code to docs/floor-plan.puml and to the list "Never" of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "dev.parley", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {

    private static final Path DRAWING = Path.of("..", "docs", "floor-plan.puml");
    private static final String[] LIBRARY = {"dev.parley.engineio..", "dev.parley.socketio.."};
    private static final String[] LIBRARY_CORE = {
        "dev.parley.engineio..",
        "dev.parley.socketio",
        "dev.parley.socketio.protocol..",
        "dev.parley.socketio.adapter.."
    };
    private static final String[] WEB = {"dev.parley.web.."};

    @ArchTest
    static final ArchRule nobody_imports_what_the_drawing_does_not_allow =
            classes().should(adhereToPlantUmlDiagram(DRAWING, consideringOnlyDependenciesInDiagram()));

    @ArchTest
    static final ArchRule packages_form_no_circle =
            slices().matching("dev.parley.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_engine_knows_no_events_and_no_json = noClasses()
            .that()
            .resideInAPackage("dev.parley.engineio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.parley.socketio..", "com.fasterxml.jackson..", "jakarta.json..");

    @ArchTest
    static final ArchRule the_library_knows_nothing_of_the_application = noClasses()
            .that()
            .resideInAnyPackage(LIBRARY)
            .should()
            .dependOnClassesThat(resideInAPackage("dev.parley..").and(not(resideInAnyPackage(LIBRARY))));

    @ArchTest
    static final ArchRule the_core_of_the_library_needs_no_server = noClasses()
            .that()
            .resideInAnyPackage(LIBRARY_CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta..", "io.undertow..", "org.wildfly..", "org.jboss..", "org.infinispan..", "org.jgroups..");

    @ArchTest
    static final ArchRule the_mind_has_neither_sockets_nor_http = noClasses()
            .that(resideInAPackage("dev.parley..")
                    .and(not(resideInAnyPackage(LIBRARY)))
                    .and(not(resideInAnyPackage(WEB))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.parley.socketio..",
                    "dev.parley.engineio..",
                    "jakarta.ws.rs..",
                    "jakarta.servlet..",
                    "jakarta.websocket..");

    @ArchTest
    static final ArchRule entities_stay_in_their_package =
            classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule only_one_room_knows_azure = noClasses()
            .that()
            .resideOutsideOfPackage("dev.parley.uploads.azure..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.azure..");

    @ArchTest
    static final ArchRule only_cluster_knows_the_grid = noClasses()
            .that()
            .resideOutsideOfPackage("dev.parley.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.infinispan..");

    @ArchTest
    static final ArchRule only_two_rooms_know_the_other_nodes = noClasses()
            .that()
            .resideOutsideOfPackages("dev.parley.cluster..", "dev.parley.socketio.wildfly..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jgroups..", "org.wildfly.clustering..");

    @ArchTest
    static final ArchRule tokens_are_read_in_one_room = noClasses()
            .that()
            .resideOutsideOfPackage("dev.parley.web.token..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.smallrye.jwt..", "org.eclipse.microprofile.jwt..", "org.jose4j..");

    @ArchTest
    static final ArchRule nobody_makes_threads_by_hand = noClasses()
            // where a container has no managed executor, somebody must make the threads: the library's door, in one
            // class
            .that()
            .doNotHaveFullyQualifiedName("dev.parley.socketio.jakarta.door.ContainerThreads")
            .and()
            .resideOutsideOfPackage("dev.parley.socketio.testkit..") // runs in tests, where there is no container
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class);

    /** WildFly drops what comes due on it while the server is suspended, and with it whatever would have set the next alarm. */
    @ArchTest
    static final ArchRule nothing_that_is_due_is_left_to_a_managed_timer =
            noClasses().should().dependOnClassesThat().areAssignableTo(ManagedScheduledExecutorService.class);

    @ArchTest
    static void every_package_is_drawn(JavaClasses all) throws IOException {
        Set<String> drawn = Pattern.compile("<<([\\w.]+)>>")
                .matcher(Files.readString(DRAWING))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        Set<String> inCode = all.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(drawn).as("packages drawn in %s", DRAWING).containsAll(inCode);
    }
}
