package io.camelnotebook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages depend on each other in one direction, and most of them not on Camel. */
class ArchitectureTest {

    private static final String ROOT = "io.camelnotebook";

    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("notebook", List.of()),
            Map.entry("kernel", List.of()),
            Map.entry("execution", List.of("notebook", "kernel")),
            Map.entry("pipeline", List.of("notebook")),
            Map.entry("schedule", List.of("pipeline", "notebook")),
            Map.entry("run", List.of("pipeline")),
            // What it publishes it first writes, with the notebook package's AtomicFile.
            Map.entry("publish", List.of("run", "notebook")),
            // It writes its pages with the notebook package's AtomicFile.
            Map.entry("report", List.of("run", "notebook")),
            // What came as a message it stores with the notebook package's AtomicFile.
            Map.entry("entrance", List.of("pipeline", "notebook")),
            Map.entry(
                    "component",
                    List.of("entrance", "execution", "run", "schedule", "pipeline", "publish", "kernel", "notebook")),
            Map.entry(
                    "main",
                    List.of(
                            "component",
                            "entrance",
                            "execution",
                            "run",
                            "schedule",
                            "pipeline",
                            "publish",
                            "report",
                            "kernel",
                            "notebook")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyThoseBeforeItInTheWayOfTheData(String name) {
        Set<String> forbidden = new TreeSet<>(MAY_USE.keySet());
        forbidden.remove(name);
        forbidden.removeAll(MAY_USE.get(name));
        // Nothing is forbidden to main.
        if (!forbidden.isEmpty()) {
            noClasses()
                    .that()
                    .resideInAPackage(subtree(name))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            forbidden.stream().map(ArchitectureTest::subtree).toArray(String[]::new))
                    .check(CLASSES);
        }
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> found = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(ROOT.length() + 1).split("\\.", -1)[0])
                .collect(Collectors.toSet());

        assertThat(found).isEqualTo(MAY_USE.keySet());
    }

    @Test
    void whatRunsNotebooksKnowsNothingOfCamel() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        subtree("notebook"),
                        subtree("kernel"),
                        subtree("execution"),
                        subtree("pipeline"),
                        subtree("schedule"),
                        subtree("run"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineWritesToTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage(subtree("main"))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static String subtree(String name) {
        return ROOT + "." + name + "..";
    }
}
