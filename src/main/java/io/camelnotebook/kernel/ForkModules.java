package io.camelnotebook.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of the modules that the notebooks of one command import. Those of the standard library and a few
 * libraries that do nothing at their import which another notebook could tell are loaded for all; every other one only
 * for notebooks that import it. For one thread at a time.
 */
final class ForkModules {

    /**
     * Their imports were watched: they leave no option, hook, environment variable or handler behind that shows where
     * they are not imported. Others do: scikit-learn sets environment variables, seaborn adds colour maps to
     * matplotlib's, and accessors are hung on pandas' classes.
     */
    private static final Set<String> HARMLESS_LIBRARIES =
            Set.of("numpy", "pandas", "matplotlib", "scipy", "PIL", "yaml", "requests", "tqdm");

    private static final Set<String> STANDARD_LIBRARY =
            PackagedText.read("standard_library.txt").lines().collect(Collectors.toUnmodifiableSet());

    /** Every kernel finds them, and they are not installed. */
    private static final Set<String> OURS = Set.of("camel_notebook", "camel_notebook_map", "camel_notebook_parallel");

    private final Set<String> forAll = new LinkedHashSet<>();
    private final Map<String, String> refused = new HashMap<>();

    /** Takes note of what a notebook imports. */
    void expect(Set<String> imports) {
        imports.stream().filter(ForkModules::isForAll).forEach(forAll::add);
    }

    /** Takes note of what a server did not load, module by module, with the reason. */
    void refuse(Map<String, String> reasons) {
        refused.putAll(reasons);
    }

    /** Lets all be tried again that was refused: libraries have changed. */
    void forgive() {
        refused.clear();
    }

    Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    /** The modules that only notebooks may share a server for which all import them. */
    Set<String> apart(Set<String> imports) {
        return loadable(imports).filter(module -> !isForAll(module)).collect(Collectors.toSet());
    }

    /** What a server for such a notebook should load. */
    Set<String> toLoad(Set<String> imports) {
        return Stream.concat(forAll.stream(), apart(imports).stream()).collect(Collectors.toSet());
    }

    /** Whether a server with these modules saves the notebook its imports, but for those that cost next to nothing. */
    boolean covers(Set<String> loaded, Set<String> imports) {
        return loadable(imports).filter(module -> !isStandard(module)).allMatch(loaded::contains);
    }

    /** The imports without the modules of the user's own beside the notebook, which are the notebook's to load. */
    static Set<String> installed(Set<String> imports, Path directory) {
        return imports.stream()
                .filter(module -> isForAll(module) || !isIn(directory, top(module)))
                .collect(Collectors.toSet());
    }

    private static boolean isIn(Path directory, String module) {
        return Files.exists(directory.resolve(module + ".py")) || Files.isDirectory(directory.resolve(module));
    }

    private Stream<String> loadable(Set<String> imports) {
        return imports.stream().filter(module -> !refused.containsKey(module) && !OURS.contains(top(module)));
    }

    private static boolean isForAll(String module) {
        return isStandard(module) || HARMLESS_LIBRARIES.contains(top(module));
    }

    private static boolean isStandard(String module) {
        return STANDARD_LIBRARY.contains(top(module));
    }

    private static String top(String module) {
        int dot = module.indexOf('.');
        return dot < 0 ? module : module.substring(0, dot);
    }
}
