package io.camelnotebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in copies of a clone and of a distribution, on a machine whose java and mvn are scripts of this test. */
class LauncherIT {
    private static final String BUILD = "echo built >>builds; mkdir -p target/lib;"
            + " touch target/camel-notebook-1.0.jar target/lib/b.jar target/lib/a.jar";

    @TempDir
    private Path temp;

    private LauncherMachine machine;
    private Path clone;

    @BeforeEach
    void makeAClone() throws IOException {
        machine = LauncherMachine.in(temp.resolve("machine"));
        clone = temp.resolve("a clone");
        Files.createDirectories(clone.resolve("src/main/java"));
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        Files.writeString(clone.resolve("src/main/java/A.java"), "class A {}");
        Files.copy(Path.of("camel-notebook"), clone.resolve("camel-notebook"));
        machine.hasJdk("17.0.15");
        machine.hasMaven(BUILD);
    }

    @Test
    void theFirstStartBuildsAndHandsItsArgumentsToJava() throws Exception {
        var started = start("runs", "two words", "*");

        assertThat(started.status()).isZero();
        assertThat(started.errors()).containsExactly("Building camel-notebook (once; about a minute)…");
        assertThat(started.arguments()).endsWith("io.camelnotebook.main.CamelNotebook", "runs", "two words", "*");
        assertThat(started.classPath())
                .containsExactly(
                        clone + "/target/camel-notebook-1.0.jar",
                        clone + "/target/lib/a.jar",
                        clone + "/target/lib/b.jar");
    }

    @Test
    void theSecondStartBuildsNothing() throws Exception {
        start("runs");
        var second = start("runs");

        assertThat(second.errors()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void nothingIsBuiltWithoutMavenWhereNothingIsStale() throws Exception {
        start("runs");
        machine.hasNoMaven();

        assertThat(start("runs").status()).isZero();
    }

    @Test
    void aSourceNewerThanTheJarIsBuiltOnce() throws Exception {
        start("runs");
        setAge(clone.resolve("target/camel-notebook-1.0.jar"), 200);
        setAge(clone.resolve("target/build.stamp"), 200);
        setAge(clone.resolve("src/main/java/A.java"), 100);
        // As Maven does where the jar would come out the same.
        machine.hasMaven("echo built >>builds; mkdir -p target/lib");

        start("runs");
        start("runs");

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aFailedBuildShowsTheEndOfItsLogAndIsTriedAgain() throws Exception {
        machine.hasMaven(BUILD + "; seq 1 100; echo '[ERROR] A.java: cannot find symbol'; exit 1");
        var failed = start("runs");

        assertThat(failed.status()).isEqualTo(2);
        assertThat(failed.errors())
                .contains("[ERROR] A.java: cannot find symbol", "100")
                .doesNotContain("10")
                .endsWith(
                        "camel-notebook could not be built; all that Maven said is in " + clone + "/target/build.log");

        machine.hasMaven(BUILD);
        assertThat(start("runs").status()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aBuildWithoutNetworkSaysSo() throws Exception {
        machine.hasMaven("echo '[ERROR] Could not transfer artifact a:b:jar:1 from central: Unknown host'; exit 1");

        assertThat(start("runs").lastError())
                .startsWith("camel-notebook could not download its libraries: check the network, "
                        + "or Maven's proxy in ~/.m2/settings.xml, and start again");
    }

    @Test
    void aMissingJdkIsNamedWithItsRemedy() throws Exception {
        machine.hasNoJdk();
        var failed = start("runs");

        assertThat(failed.status()).isEqualTo(2);
        assertThat(failed.errors())
                .containsExactly("camel-notebook needs a JDK 17 or newer: "
                        + "install one, e.g. apt install openjdk-17-jdk, or set JAVA_HOME");
    }

    @Test
    void anOldJdkIsRefusedWithItsVersion() throws Exception {
        machine.hasJdk("11.0.2");
        assertThat(start("runs").lastError()).contains("needs a JDK 17 or newer, and ", " is Java 11.0.2: install one");

        machine.hasJdk("1.8.0_392");
        assertThat(start("runs").lastError()).contains(" is Java 8.0_392: install one");
    }

    @Test
    void javaHomeGoesBeforePathAndIsNamedWhereItIsTooOld() throws Exception {
        var old = temp.resolve("old");
        LauncherMachine.jdk(old, "11.0.2");
        machine.set("JAVA_HOME", old.toString());

        assertThat(start("runs").lastError()).contains("JAVA_HOME (" + old + ") is Java 11.0.2");
    }

    @Test
    void aJavaHomeWithoutJavaIsRefused() throws Exception {
        machine.set("JAVA_HOME", temp.toString());

        assertThat(start("runs").lastError()).contains("and JAVA_HOME (" + temp + ") has no bin/java: install one");
    }

    @Test
    void aJdkWithoutReleaseFileIsAsked() throws Exception {
        Files.delete(machine.jdkHome().resolve("release"));

        assertThat(start("runs").arguments()).endsWith("runs");
    }

    @Test
    void aMissingMavenIsNamedWithItsRemedy() throws Exception {
        machine.hasNoMaven();
        var failed = start("runs");

        assertThat(failed.status()).isEqualTo(2);
        assertThat(failed.lastError())
                .contains(
                        "camel-notebook needs Maven 3.8 or newer to build itself: install it, e.g. apt install maven or brew install maven");
    }

    @Test
    void aRuntimeWithoutCompilerCannotBuild() throws Exception {
        Files.delete(machine.jdkHome().resolve("bin/javac"));

        assertThat(start("runs").lastError())
                .contains("needs a JDK to build itself, and ", " is a JRE, without javac: install one");
    }

    @Test
    void aMachineWithoutPythonIsToldBeforeTheBuild() throws Exception {
        machine.hasNoPython();
        var started = start("runs");

        assertThat(started.status()).isZero();
        assertThat(started.errors().get(0)).contains("Found no Python 3.9 or newer", "apt install python3");
    }

    @Test
    void aLinkToItFromAnotherFolderWorks() throws Exception {
        var bin = Files.createDirectories(temp.resolve("my bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../a clone/camel-notebook"));
        Files.createSymbolicLink(bin.resolve("cn"), Path.of("first"));

        var started = machine.start(bin.resolve("cn"), temp, "runs");

        assertThat(started.arguments()).contains("-Dcamel.notebook.home=" + clone);
        assertThat(started.workingDirectory()).isEqualTo(temp.toRealPath().toString());
    }

    @Test
    void theProcessBecomesJavaSoThatSignalsReachIt() throws Exception {
        var started = start("runs");

        assertThat(started.javaPid()).isEqualTo(started.pid());
    }

    @Test
    void aDistributionIsNeverBuiltAndTakesItsExtensions() throws Exception {
        var home = temp.resolve("dist");
        for (var folder : List.of("bin", "lib", "ext")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.copy(Path.of("camel-notebook"), home.resolve("bin/camel-notebook"));
        Files.createFile(home.resolve("lib/b.jar"));
        Files.createFile(home.resolve("lib/B.jar"));
        Files.createFile(home.resolve("ext/a.jar"));
        machine.hasNoMaven();
        Files.delete(machine.jdkHome().resolve("bin/javac"));

        var started = machine.start(home.resolve("bin/camel-notebook"), temp, "kernels");

        assertThat(started.status()).isZero();
        assertThat(started.classPath()).containsExactly(home + "/lib/B.jar", home + "/lib/b.jar", home + "/ext/a.jar");
    }

    /** A distribution whose machine has a Maven that writes jars where it is told to, and tells how it was called. */
    private Path distribution() throws IOException {
        var home = temp.resolve("a dist");
        for (var folder : List.of("bin", "lib")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.copy(Path.of("camel-notebook"), home.resolve("bin/camel-notebook"));
        for (var jar : List.of("camel-api-4.18.0", "camel-file-4.18.0", "slf4j-api-2.0.17")) {
            Files.createFile(home.resolve("lib/" + jar + ".jar"));
        }
        machine.hasMaven("for word in \"$@\"; do case $word in -DoutputDirectory=*) jars=${word#*=} ;; esac; done;"
                + " echo fetched >>'" + temp + "/fetches'; mkdir \"$jars\"; cd \"$jars\"; sed -n 1,9p ../pom.xml >'"
                + temp
                + "/pom.xml'; touch camel-ftp-4.18.0.jar camel-file-4.18.0.jar slf4j-api-2.0.16.jar jsch-2.27.7.jar");
        return home;
    }

    @Test
    void aDependencyIsFetchedOnceWithoutWhatIsThere() throws Exception {
        var home = distribution();
        var launcher = home.resolve("bin/camel-notebook");

        var first = machine.start(launcher, temp, "run", "c.yaml", "--dep", "camel-ftp");
        var second = machine.start(launcher, temp, "watch", "--dep=camel-ftp");

        assertThat(first.errors()).containsExactly("Fetching camel-ftp into " + home + "/ext (once)…");
        assertThat(first.arguments()).endsWith("run", "c.yaml", "--dep", "camel-ftp");
        assertThat(second.errors()).isEmpty();
        assertThat(Files.readAllLines(temp.resolve("fetches"))).hasSize(1);
        assertThat(Files.readString(temp.resolve("pom.xml")))
                .contains(
                        "<artifactId>camel-bom</artifactId><version>4.18.0</version>",
                        "<groupId>org.apache.camel</groupId><artifactId>camel-ftp</artifactId><version>4.18.0</version>");
        assertThat(second.classPath())
                .containsExactly(
                        home + "/lib/camel-api-4.18.0.jar",
                        home + "/lib/camel-file-4.18.0.jar",
                        home + "/lib/slf4j-api-2.0.17.jar",
                        home + "/ext/camel-ftp-4.18.0.jar",
                        home + "/ext/jsch-2.27.7.jar");
        try (var left = Files.list(home.resolve("ext"))) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void aDependencyThatCannotBeFetchedIsNamedWithItsRemedyAndTriedAgain() throws Exception {
        var home = distribution();
        var launcher = home.resolve("bin/camel-notebook");
        machine.hasMaven("echo '[ERROR] Could not find artifact'; exit 1");
        var failed = machine.start(launcher, temp, "run", "c.yaml", "--dep", "org.example:mine:1.2");

        assertThat(failed.status()).isEqualTo(2);
        assertThat(failed.lastError())
                .isEqualTo(
                        "camel-notebook could not fetch org.example:mine:1.2: check that name, the network, and Maven's"
                                + " proxy in ~/.m2/settings.xml; all that Maven said is in " + home + "/ext/fetch.log");
        assertThat(Files.readString(home.resolve("ext/fetch.log"))).contains("Could not find artifact");

        machine.hasNoMaven();
        assertThat(machine.start(launcher, temp, "run", "c.yaml", "--dep", "camel-ftp")
                        .lastError())
                .startsWith("camel-notebook needs Maven to fetch camel-ftp: install it")
                .endsWith("or put camel-ftp-4.18.0.jar and what it needs into " + home + "/ext");
    }

    @Test
    void aDependencyThatIsNoArtifactIsRefused() throws Exception {
        var started =
                machine.start(distribution().resolve("bin/camel-notebook"), temp, "run", "c.yaml", "--dep", "../../x");

        assertThat(started.status()).isEqualTo(2);
        assertThat(started.lastError())
                .isEqualTo(
                        "--dep ../../x: expected a component of Camel, such as camel-ftp, or group:artifact:version");
        assertThat(temp.resolve("fetches")).doesNotExist();
    }

    @Test
    void ofTwoStartsAtOnceOneBuildsAndTheOtherWaits() throws Exception {
        machine.hasMaven("touch begun; until [ -e go ]; do sleep 0.05; done; " + BUILD);
        var first = machine.launch(clone.resolve("camel-notebook"), temp, "runs");
        await().until(() -> Files.exists(clone.resolve("begun")));
        var second = machine.launch(clone.resolve("camel-notebook"), temp, "runs");
        var errors = second.errorReader(UTF_8);
        assertThat(errors.readLine())
                .contains("Waiting for another camel-notebook (process " + first.pid() + ") that is building");
        Files.createFile(clone.resolve("go"));

        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(List.of(first.exitValue(), second.exitValue())).containsOnly(0);
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void theLockOfAKilledStartIsTakenOver() throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(clone.resolve("target"));
        Files.createSymbolicLink(clone.resolve("target/build.lock"), Path.of(Long.toString(dead.pid())));

        assertThat(start("runs").status()).isZero();
        assertThat(clone.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void aStoppedBuildFreesTheLockAndIsDoneAgain() throws Exception {
        machine.hasMaven("touch begun; exec sleep 600");
        var stopped = machine.launch(clone.resolve("camel-notebook"), temp, "runs");
        await().until(() -> Files.exists(clone.resolve("begun")));
        stopped.destroy();

        assertThat(stopped.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stopped.exitValue()).isEqualTo(143);
        assertThat(Files.isSymbolicLink(clone.resolve("target/build.lock"))).isFalse();
        machine.hasMaven(BUILD);
        assertThat(start("runs").status()).isZero();
    }

    @Test
    void aRunWritesTheArchiveOfClassesAndLaterStartsUseIt() throws Exception {
        var archive = clone.resolve("target/cds/17.0.15.jsa");
        assertThat(start("run", clone + "/missing.yaml").arguments()).contains("-Xshare:auto");
        var config = Files.createFile(clone.resolve("config.yaml"));
        assertThat(start("run", config.toString()).arguments()).contains("-XX:ArchiveClassesAtExit=" + archive);
        Files.writeString(archive, "complete");
        setAge(archive, -10);
        assertThat(start("runs").arguments()).contains("-XX:SharedArchiveFile=" + archive);

        Files.createDirectories(clone.resolve("ext"));
        Files.createFile(clone.resolve("ext/kafka.jar"));
        assertThat(start("run", config.toString()).arguments()).contains("-XX:ArchiveClassesAtExit=" + archive);
    }

    @Test
    void anArchiveThatWasCutShortIsWrittenAgain() throws Exception {
        var archive = clone.resolve("target/cds/17.0.15.jsa");
        var config = Files.createFile(clone.resolve("config.yaml"));
        start("run", config.toString());
        Files.write(archive, new byte[] {0, 0, 0, 0, 1, 2, 3});
        setAge(archive, -10);

        assertThat(start("run", config.toString()).arguments()).contains("-XX:ArchiveClassesAtExit=" + archive);
    }

    @Test
    void optionsOfTheUserReachJava() throws Exception {
        machine.set("CAMEL_NOTEBOOK_JAVA_OPTS", "-Xmx1g -Dname=*");

        assertThat(start("runs").arguments()).containsSequence("-Xmx1g", "-Dname=*");
    }

    private LauncherMachine.Started start(String... arguments) throws Exception {
        return machine.start(clone.resolve("camel-notebook"), temp, arguments);
    }

    private int builds() throws IOException {
        return Files.readAllLines(clone.resolve("builds")).size();
    }

    private static void setAge(Path file, long seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }
}
