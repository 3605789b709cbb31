package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KernelHostIT {
    private static final Path PYTHON = Path.of(System.getProperty("test.python"));
    private static final Map<String, String> ENV = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");

    /** Starts a process that leaves its group, its session and its parent, as daemons do, and prints its pid. */
    private static final String DAEMON = """
            import os, time
            reader, writer = os.pipe()
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.write(writer, str(os.getpid()).encode())
                    time.sleep(1000)
                os._exit(0)
            os.wait()
            print(os.read(reader, 20).decode(), flush=True)
            """;

    private static final String TELL_INHERITED = """
            ls /proc/self/fd | tr '\\n' ' '
            echo
            awk '/SigBlk|SigIgn/ {print $2}' /proc/self/status
            """;

    /** Signals 32 and 33 belong to the C library: no program can set them. */
    private static final long SETTABLE_SIGNALS = ~(0b11L << 31);

    private final Path folder;
    private final Path log;
    private final KernelHost host = KernelHost.start(PYTHON);

    KernelHostIT(@TempDir Path folder) {
        this.folder = folder;
        this.log = folder.resolve("kernel.log");
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    @Test
    void anExitStatusIsTold() {
        assertThat(exitOf("sh", "-c", "exit 7").description()).isEqualTo("exit status 7");
    }

    @Test
    void theSignalThatKilledAKernelIsTold() {
        assertThat(exitOf("sh", "-c", "kill -SEGV $$").description()).isEqualTo("killed by signal 11 (SIGSEGV)");
    }

    @Test
    void anInterruptReachesTheKernelAndItsChildren() {
        // A KeyboardInterrupt may come between the child's end and what its parent keeps of that.
        KernelProcess kernel = spawn(PYTHON.toString(), "-c", """
                import signal, subprocess, sys
                interrupts = []
                signal.signal(signal.SIGINT, lambda *_: interrupts.append(10))
                child = subprocess.Popen([sys.executable, "-c", '''if True:
                    import signal, sys, time
                    signal.signal(signal.SIGINT, lambda *_: sys.exit(5))
                    print("ready", flush=True)
                    time.sleep(1000)
                '''])
                status = child.wait()
                sys.exit(sum(interrupts) + status)
                """);
        awaitLog("ready\n");
        kernel.interrupt();
        assertThat(kernel.exit().join().code()).hasValue(15);
    }

    @Test
    void terminateAndKillSendTheirSignals() {
        KernelProcess terminated = spawn("sleep", "1000");
        terminated.terminate();
        KernelProcess killed = spawn("sleep", "1000");
        killed.kill();
        assertThat(terminated.exit().join().signal()).hasValue(15);
        assertThat(killed.exit().join().signal()).hasValue(9);
        killed.kill();
    }

    @Test
    void whatIsLeftOfTheProcessGroupEndsWithTheKernel() {
        assertThat(exitOf("sh", "-c", "sleep 1000 & echo $!").code()).hasValue(0);
        awaitGone(Long.parseLong(readLog().strip()));
    }

    @Test
    void anOrphanInASessionOfItsOwnEndsWithItsKernelAndOnlyThen() throws Exception {
        Path otherLog = folder.resolve("other.log");
        KernelProcess other = host.spawn(new KernelCommand(
                        List.of(PYTHON.toString(), "-c", DAEMON + "time.sleep(1000)"), ENV, folder, otherLog))
                .join();
        await().until(() -> Files.readString(otherLog).endsWith("\n"));
        long otherOrphan = Long.parseLong(Files.readString(otherLog).strip());

        assertThat(exitOf(PYTHON.toString(), "-c", DAEMON).code()).hasValue(0);
        awaitLog("\n");
        awaitGone(Long.parseLong(readLog().strip()));

        assertThat(isRunning(otherOrphan)).isTrue();
        other.kill();
        awaitGone(otherOrphan);
    }

    @Test
    void anOrphanThatHasShedItsMarkEndsWithTheLastKernel() {
        KernelProcess kernel = spawn("sh", "-c", "setsid env -i sh -c 'echo $$; exec sleep 1000' & wait");
        awaitLog("\n");
        long orphan = Long.parseLong(readLog().strip());
        assertThat(isRunning(orphan)).isTrue();
        kernel.kill();
        awaitGone(orphan);
    }

    @Test
    void closingEndsEveryKernelAndSaysSo() {
        KernelProcess kernel = spawn("sleep", "1000");
        host.close();
        assertThat(kernel.exit())
                .isCompletedWithValueMatching(exit -> exit.signal().orElse(0) == 9);
        assertThat(isRunning(kernel.pid())).isFalse();
        assertThat(isRunning(host.pid())).isFalse();
        assertThat(host.isAlive()).isFalse();
    }

    @Test
    void aKilledHostTakesItsKernelsAndTheirOrphansAlong() {
        KernelProcess kernel = spawn(PYTHON.toString(), "-c", DAEMON + "time.sleep(1000)");
        awaitLog("\n");
        long orphan = Long.parseLong(readLog().strip());
        ProcessHandle.of(host.pid()).orElseThrow().destroyForcibly();

        assertThatThrownBy(() -> kernel.exit().join())
                .cause()
                .isInstanceOf(KernelHostException.class)
                .hasMessageContainingAll("process " + host.pid(), "has ended with status 137");
        awaitGone(kernel.pid());
        awaitGone(orphan);
        assertThat(host.isAlive()).isFalse();
        assertThatThrownBy(() -> spawn("true")).hasCauseInstanceOf(KernelHostException.class);
    }

    @Test
    void twoHundredKernelsStartQuickly() {
        Instant start = Instant.now();
        List<CompletableFuture<KernelExit>> exits = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            exits.add(host.spawn(command("true")).thenCompose(KernelProcess::exit));
        }
        assertThat(exits).allSatisfy(exit -> assertThat(exit.join().code()).hasValue(0));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void standardOutputAndErrorAreAppendedToTheLog() throws Exception {
        Files.writeString(log, "before\n");
        exitOf("sh", "-c", "echo out; echo err >&2");
        assertThat(log).hasContent("before\nout\nerr\n");
    }

    @Test
    void theEnvironmentIsExactlyTheOneGivenAndAMark() {
        Map<String, String> env = Map.of("A", "ä\n=b", "EMPTY", "", "PATH", "/usr/bin:/bin");
        CompletableFuture<KernelExit> exit = host.spawn(
                        new KernelCommand(List.of(PYTHON.toString(), "-I", "-X", "utf8", "-c", """
                                import os
                                assert os.environ.pop("CAMEL_NOTEBOOK_KERNEL")
                                os.environ.pop("LC_CTYPE", None)  # Python's own addition
                                print(sorted(os.environ.items()))
                                """), env, folder, log))
                .thenCompose(KernelProcess::exit);
        assertThat(exit.join().code()).hasValue(0);
        assertThat(readLog()).isEqualTo("[('A', 'ä\\n=b'), ('EMPTY', ''), ('PATH', '/usr/bin:/bin')]\n");
    }

    @Test
    void aKernelHasItsWorkingDirectoryItsSessionAndAnEmptyInput() throws Exception {
        KernelProcess kernel = spawn(PYTHON.toString(), "-c", """
                import os, sys
                print(os.getcwd(), os.getpid() == os.getpgrp() == os.getsid(0), repr(sys.stdin.read()))
                """);
        kernel.exit().join();
        assertThat(readLog()).isEqualTo(folder.toRealPath() + " True ''\n");
    }

    @Test
    void aKernelInheritsNoOpenFileAndNoSignalSetting() {
        exitOf("sh", "-c", TELL_INHERITED);
        assertInheritedNothing();
    }

    @Test
    void cpuTimeAndPeakMemoryAreThoseOfTheKernel() {
        KernelExit exit = exitOf(PYTHON.toString(), "-c", """
                import time
                kept = bytearray(200 << 20)
                kept[::4096] = b"x" * len(kept[::4096])
                while time.process_time() < 0.5: pass
                """);
        assertThat(exit.cpu()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
        assertThat(exit.peakMemoryBytes()).isBetween(200L << 20, 300L << 20);
    }

    @Test
    void whatCannotBeStartedSaysWhy() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "#!/no/such/python\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path missing = folder.resolve("missing");

        assertFails(command("no-such-program"), "The kernel cannot run no-such-program: No such file or directory");
        assertFails(command("/no/such/program"), "The kernel cannot run /no/such/program: No such file or directory");
        assertFails(command(folder.toString()), "The kernel cannot run " + folder + ": Permission denied");
        assertFails(
                command(script.toString()),
                "The kernel cannot run " + script + ": the file is there, but not the interpreter it names");
        assertFails(
                new KernelCommand(List.of("true"), ENV, missing, log),
                "The kernel cannot enter the working directory " + missing + ": No such file or directory");
        assertFails(
                new KernelCommand(List.of("true"), ENV, folder, missing.resolve("log")),
                "The kernel cannot write to the log " + missing.resolve("log") + ": No such file or directory");
        assertFails(command("true", "nul\0byte"), "The kernel cannot run true: embedded null byte");
        assertThat(exitOf("true").code()).hasValue(0);
    }

    @Test
    void aKernelNobodyWaitsForAnyMoreIsEnded() {
        CompletableFuture<KernelProcess> started = host.spawn(command("sleep", "1000"));
        boolean cancelled = started.cancel(true);
        assertThat(exitOf("true").code()).hasValue(0);
        if (cancelled) {
            await().until(() -> ProcessHandle.of(host.pid())
                    .orElseThrow()
                    .children()
                    .findAny()
                    .isEmpty());
        }
    }

    @Test
    void aProgramThatIsNoPythonIsRefusedWithWhatItSaid() {
        assertThatThrownBy(() -> KernelHost.start(Path.of("/bin/sh")))
                .isInstanceOf(KernelHostException.class)
                .hasMessageContaining("does not run with /bin/sh")
                .hasMessageContaining("sh: ");
        assertThatThrownBy(() -> KernelHost.start(Path.of("/no/such/python")))
                .isInstanceOf(KernelHostException.class)
                .hasMessageContaining("/no/such/python");
    }

    @Test
    void theEndOfTheInputEndsEverything() throws Exception {
        Process raw = rawHost(PYTHON.toString());
        long orphan = spawnRaw(raw);
        raw.getOutputStream().close();
        assertThat(raw.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(raw.exitValue()).isZero();
        assertThat(isRunning(orphan)).isFalse();
    }

    @Test
    void aTerminatedHostEndsEverything() throws Exception {
        Process raw = rawHost(PYTHON.toString());
        long orphan = spawnRaw(raw);
        raw.toHandle().destroy();
        assertThat(raw.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(raw.exitValue()).isZero();
        assertThat(isRunning(orphan)).isFalse();
    }

    @Test
    void kernelsOfAKilledHostEndEvenIfNoEngineIsLeftToSweep() throws Exception {
        Process raw = rawHost(PYTHON.toString());
        sendRaw(raw, "[\"sh\", \"-c\", \"echo $$; exec sleep 1000\"]");
        awaitLog("\n");
        raw.destroyForcibly();
        awaitGone(Long.parseLong(readLog().strip()));
    }

    @Test
    void ignoredSignalsAndOpenFilesOfTheEngineDoNotReachAKernel() throws Exception {
        Process raw = rawHost("sh", "-c", "trap '' INT HUP QUIT; exec \"$@\" 7</dev/null", "sh", PYTHON.toString());
        Path script = Files.writeString(folder.resolve("tell.sh"), TELL_INHERITED);
        sendRaw(raw, "[\"sh\", \"%s\"]".formatted(script));
        await().until(() -> readLog().lines().count() == 3);
        assertInheritedNothing();
        raw.getOutputStream().close();
        assertThat(raw.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A host as another program would start it, from its file. */
    private Process rawHost(String... python) throws IOException {
        for (String module : List.of("kernel_processes.py", "kernel_memory.py", "kernel_host.py")) {
            Files.writeString(folder.resolve(module), PackagedText.read(module));
        }
        List<String> command = new ArrayList<>(List.of(python));
        command.addAll(
                List.of("-E", "-s", "-S", folder.resolve("kernel_host.py").toString()));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Starts a kernel with an orphan in it, whose pid is returned. */
    private long spawnRaw(Process raw) throws IOException {
        Path script = Files.writeString(folder.resolve("daemon.py"), DAEMON + "time.sleep(1000)");
        sendRaw(raw, "[\"%s\", \"%s\"]".formatted(PYTHON, script));
        awaitLog("\n");
        return Long.parseLong(readLog().strip());
    }

    private void sendRaw(Process raw, String argv) throws IOException {
        String line = "{\"op\": \"spawn\", \"id\": \"a\", \"argv\": %s, \"env\": {\"PATH\": \"/usr/bin:/bin\"},"
                        .formatted(argv)
                + " \"cwd\": \"%s\", \"log\": \"%s\"}%n".formatted(folder, log);
        raw.getOutputStream().write(line.getBytes(UTF_8));
        raw.getOutputStream().flush();
    }

    private void assertInheritedNothing() {
        List<String> lines = readLog().lines().toList();
        // The fourth is that of ls itself, on the folder.
        assertThat(lines.get(0)).isEqualTo("0 1 2 3 ");
        assertThat(lines.subList(1, 3))
                .allSatisfy(signals -> assertThat(Long.parseUnsignedLong(signals, 16) & SETTABLE_SIGNALS)
                        .isZero());
    }

    private void assertFails(KernelCommand command, String message) {
        assertThatThrownBy(() -> host.spawn(command).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(KernelStartException.class)
                .hasMessage(message);
    }

    private KernelCommand command(String... argv) {
        return new KernelCommand(List.of(argv), ENV, folder, log);
    }

    private KernelProcess spawn(String... argv) {
        return host.spawn(command(argv)).join();
    }

    private KernelExit exitOf(String... argv) {
        return spawn(argv).exit().join();
    }

    private void awaitLog(String end) {
        await().until(() -> readLog().endsWith(end));
    }

    private String readLog() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitGone(long pid) {
        await().until(() -> !isRunning(pid));
    }

    /** A zombie that its new parent has not yet buried does not run. */
    private static boolean isRunning(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", String.valueOf(pid)).start();
            String state = new String(ps.getInputStream().readAllBytes(), UTF_8).strip();
            return !state.isEmpty() && !state.startsWith("Z");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
