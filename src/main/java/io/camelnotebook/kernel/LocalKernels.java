package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernels of this machine: finds them, and starts them. Nothing is started before it is needed. Thread-safe. */
public final class LocalKernels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalKernels.class);

    private final Interpreters interpreters;
    private final KernelSpecs specs;
    private final ParameterDeclarations declarations = new ParameterDeclarations();
    private final StartMode startMode;
    private final KernelTransport transport;
    private final int computeThreads;
    private final int spares;
    private final Clock clock;
    private final ExpectedKernels expected = new ExpectedKernels();
    private @Nullable KernelLauncher launcher;
    private boolean closed;

    /** As the other, with forks over a Unix domain socket, and at most one kernel that waits. */
    public LocalKernels(
            List<Path> configured, StartMode startMode, int computeThreads, Clock clock, Consumer<String> progress) {
        this(configured, startMode, KernelTransport.SOCKET, computeThreads, 1, clock, progress);
    }

    /**
     * The kernels of this machine.
     *
     * @param configured what the user named: folders of kernelspecs, Pythons, or virtual environments
     * @param startMode how kernels are to be started where they can be
     * @param transport what carries the messages of forks
     * @param computeThreads how many threads a kernel should compute with, unless the user's environment says otherwise
     * @param spares how many kernels may wait for their notebooks, where they are started ahead one by one
     * @param progress told, in words for the user, when something takes long
     */
    public LocalKernels(
            List<Path> configured,
            StartMode startMode,
            KernelTransport transport,
            int computeThreads,
            int spares,
            Clock clock,
            Consumer<String> progress) {
        SystemEnvironment environment = SystemEnvironment.current();
        interpreters = new Interpreters(environment);
        specs = new KernelSpecs(
                environment, configured, interpreters, new PrivateEnvironment(environment, interpreters, progress));
        this.startMode = startMode;
        this.transport = transport;
        this.computeThreads = computeThreads;
        this.spares = startMode == StartMode.WARM ? spares : 0;
        this.clock = clock;
    }

    /** The kernels that can be started. */
    public KernelSpecs specs() {
        return specs;
    }

    /** What a parameters cell in the language of a kernel declares; empty if that cannot be told. */
    public Optional<List<DeclaredParameter>> declaredParameters(KernelSpec spec, String source) {
        return declarations.of(spec, source);
    }

    /** What a parameters cell in Python declares, by any Python of this machine; empty if that cannot be told. */
    public Optional<List<DeclaredParameter>> declaredPythonParameters(String source) {
        return interpreters.firstSupported().flatMap(python -> declarations.ofPython(python.executable(), source));
    }

    /** How a kernel of that spec would be started, as far as that can be told without trying. */
    public KernelStart plan(KernelSpec spec) {
        return launcher().plan(spec);
    }

    /** Takes note of a kernel that will probably be asked for, so that what it shares with others is made for all. */
    public synchronized void expect(KernelRequest request) {
        expected.add(request);
        if (launcher != null) {
            launcher.expect(request);
        }
    }

    /**
     * Begins to start what all kernels share, and the expected ones, on a thread of its own: a kernel that is then asked
     * for is ready sooner. What fails is told when a kernel is asked for.
     */
    public void startAhead() {
        Thread thread = new Thread(this::startExpected, "kernels-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private void startExpected() {
        try {
            KernelLauncher ahead = launcher();
            expected.drain().forEach(ahead::startAhead);
        } catch (KernelStartException | KernelHostException e) {
            LOG.debug("Nothing is started ahead: {}", e.getMessage());
        }
    }

    /** How many kernels of their own may wait for notebooks that are next; none where kernels are not started so. */
    public int spares() {
        return spares;
    }

    /**
     * Begins to start the kernel of a notebook that is next. Returns at once.
     *
     * @param waits whether the notebook has not begun yet
     * @throws KernelStartException if no kernel can be started at all
     */
    public void startNext(KernelRequest request, BooleanSupplier waits) {
        launcher().startNext(request, waits);
    }

    /**
     * Starts a kernel and waits until it answers.
     *
     * @throws KernelStartException if it does not come up; nothing of it is left then
     */
    public Kernel start(KernelRequest request) throws InterruptedException {
        return launcher().start(request);
    }

    /** Starts what all kernels share, with the first of them. */
    private synchronized KernelLauncher launcher() {
        if (closed) {
            throw new KernelStartException("kernels cannot be started any more: the engine ends");
        }
        if (launcher == null) {
            Path python = interpreters
                    .firstSupported()
                    .map(Interpreter::executable)
                    .orElseThrow(() -> new KernelStartException(
                            "starting kernels needs a Python 3.9 or newer on the PATH, whatever language the kernels"
                                    + " are of: install one, e.g. apt install python3"));
            try {
                KernelStations stations = new KernelStations(python, computeThreads);
                KernelStarter starter = starter(stations);
                launcher = switch (startMode) {
                    case FORK -> new ForkKernelLauncher(stations, starter, transport);
                    case WARM -> new WarmKernelLauncher(new FreshKernelLauncher(stations, starter), spares);
                    case FRESH -> new FreshKernelLauncher(stations, starter);
                };
                expected.all().forEach(launcher::expect);
            } catch (IOException | KernelHostException e) {
                throw new KernelStartException("kernels cannot be started: " + e.getMessage(), e);
            }
        }
        return launcher;
    }

    private KernelStarter starter(KernelStations stations) throws IOException {
        try {
            return new KernelStarter(clock);
        } catch (IOException e) {
            stations.close();
            throw e;
        }
    }

    /** Ends every kernel that is left. */
    @Override
    public synchronized void close() {
        closed = true;
        declarations.close();
        if (launcher != null) {
            launcher.close();
        }
    }
}
