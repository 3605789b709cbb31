package io.camelnotebook.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The kernels of the machine, found without a {@code jupyter} program. In the order in which they count: what was
 * configured; {@code kernels/*}{@code /kernel.json} under the Jupyter paths; for {@code python3} the first Python that has
 * ipykernel; and last a private environment, which is made when it is asked for. Thread-safe.
 */
public final class KernelSpecs {
    /** The name of a kernel that promises a Python with pandas and matplotlib, wherever it is found. */
    public static final String CAMEL_NOTEBOOK = "camel-notebook";

    private static final String PYTHON = "python3";
    private static final String PRIVATE = "the private environment";
    private static final List<String> FOR_KERNEL = List.of("ipykernel");
    private static final List<String> FOR_CAMEL_NOTEBOOK = List.of("ipykernel", "pandas", "matplotlib");

    private final SystemEnvironment environment;
    private final List<Path> configured;
    private final Interpreters interpreters;
    private final PrivateEnvironment privateEnvironment;

    /**
     * @param configured what the user named: folders of kernelspecs, Pythons, or virtual environments
     */
    public KernelSpecs(
            SystemEnvironment environment,
            List<Path> configured,
            Interpreters interpreters,
            PrivateEnvironment privateEnvironment) {
        this.environment = environment;
        this.configured = List.copyOf(configured);
        this.interpreters = interpreters;
        this.privateEnvironment = privateEnvironment;
    }

    /** Everything there is now. Makes no environment. */
    public FoundKernels list() {
        List<KernelProblem> problems = new ArrayList<>();
        Map<String, KernelSpec> specs = configured(problems::add);
        installed(problems::add).forEach(specs::putIfAbsent);
        if (!specs.containsKey(PYTHON)) {
            firstPython(PYTHON, FOR_KERNEL, interpreters.forKernels(), problems::add)
                    .or(() -> privateEnvironment.existing().map(python -> of(PYTHON, python, PRIVATE)))
                    .ifPresent(spec -> specs.put(PYTHON, spec));
        }
        return new FoundKernels(List.copyOf(specs.values()), problems);
    }

    /**
     * The kernel of that name. Upper and lower case are the same, and {@code python} means {@code python3}. Makes the
     * private environment if a Python kernel is asked for and the machine has none. If something configured can't be used,
     * only the other configured kernels are found: nobody gets another kernel than the one configured without a word.
     *
     * @throws PrivateEnvironmentException if it can't be made
     */
    public Optional<KernelSpec> find(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        List<KernelProblem> misconfigured = new ArrayList<>();
        Map<String, KernelSpec> specs = configured(misconfigured::add);
        if (misconfigured.isEmpty()) {
            installed(problem -> {}).forEach(specs::putIfAbsent);
        }
        if (specs.containsKey(key)) {
            return Optional.of(specs.get(key));
        }
        boolean python = key.equals("python") || key.equals(PYTHON);
        if (python && specs.containsKey(PYTHON)) {
            return Optional.of(specs.get(PYTHON));
        }
        if (misconfigured.isEmpty() && python) {
            return Optional.of(python(PYTHON, FOR_KERNEL, interpreters.forKernels()));
        }
        if (misconfigured.isEmpty() && key.equals(CAMEL_NOTEBOOK)) {
            return Optional.of(camelNotebook(specs));
        }
        return Optional.empty();
    }

    /**
     * The kernel of that name, as {@link #find} finds it.
     *
     * @throws KernelNotFoundException if there is none
     * @throws PrivateEnvironmentException if it is a Python kernel, and the environment for it can't be made
     */
    public KernelSpec require(String name) {
        return find(name).orElseThrow(() -> new KernelNotFoundException(name, list()));
    }

    private KernelSpec camelNotebook(Map<String, KernelSpec> specs) {
        Stream<Path> ofSpec = Stream.ofNullable(specs.get(PYTHON))
                .map(spec -> Path.of(spec.argv().get(0)))
                .filter(Path::isAbsolute);
        List<Path> candidates = Stream.concat(ofSpec, interpreters.forKernels().stream())
                .distinct()
                .toList();
        return python(CAMEL_NOTEBOOK, FOR_CAMEL_NOTEBOOK, candidates);
    }

    private KernelSpec python(String name, List<String> modules, List<Path> candidates) {
        return firstPython(name, modules, candidates, problem -> {})
                .orElseGet(() -> of(name, privateEnvironment.python(), PRIVATE));
    }

    /** Of two with one name, the first, here and among the installed. */
    private Map<String, KernelSpec> configured(Consumer<KernelProblem> problems) {
        Map<String, KernelSpec> specs = new LinkedHashMap<>();
        for (Path path : configured) {
            configured(path.toAbsolutePath(), problems).ifPresent(spec -> specs.putIfAbsent(spec.name(), spec));
        }
        return specs;
    }

    private Map<String, KernelSpec> installed(Consumer<KernelProblem> problems) {
        KernelSpecReader reader = new KernelSpecReader(environment, problems);
        Map<String, KernelSpec> specs = new LinkedHashMap<>();
        for (Path path : environment.jupyterPaths()) {
            reader.readAll(path).forEach(spec -> specs.putIfAbsent(spec.name(), spec));
        }
        return specs;
    }

    private Optional<KernelSpec> configured(Path path, Consumer<KernelProblem> problems) {
        if (Files.exists(path.resolve("kernel.json"))) {
            return new KernelSpecReader(environment, problems).read(path);
        }
        Path python = Files.isDirectory(path) ? path.resolve("bin/python") : path;
        if (!SystemEnvironment.isProgram(python)) {
            problems.accept(new KernelProblem(
                    path.toString(), "is configured, but is neither a kernelspec's folder nor a Python to run"));
            return Optional.empty();
        }
        return firstPython(PYTHON, FOR_KERNEL, List.of(python), problems);
    }

    private Optional<KernelSpec> firstPython(
            String name, List<String> modules, List<Path> paths, Consumer<KernelProblem> problems) {
        for (Path path : paths) {
            Interpreters.Probe probe = interpreters.probe(path);
            if (probe.interpreter().filter(i -> i.has(modules)).isPresent()) {
                return Optional.of(of(name, probe.interpreter().get().executable(), path.toString()));
            }
            problems.accept(new KernelProblem(
                    path.toString(),
                    probe.interpreter().map(KernelSpecs::withoutIpykernel).orElse(probe.problem())));
        }
        return Optional.empty();
    }

    private static String withoutIpykernel(Interpreter python) {
        // Debian and Ubuntu do not let pip install into the system's own Python.
        String install = python.executable().startsWith("/usr/bin")
                ? "apt install python3-ipykernel"
                : python.executable() + " -m pip install ipykernel";
        return "is Python " + python.version() + " without ipykernel: `" + install + "`";
    }

    private static KernelSpec of(String name, Path python, String origin) {
        return new KernelSpec(
                name,
                "Python 3 (ipykernel)",
                "python",
                List.of(python.toString(), "-m", "ipykernel_launcher", "-f", "{connection_file}"),
                Map.of(),
                InterruptMode.SIGNAL,
                Optional.empty(),
                origin);
    }
}
