package io.camelnotebook.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernelspec: what Jupyter knows of an installed kernel. Immutable.
 *
 * @param name what notebooks call the kernel, such as {@code python3}
 * @param displayName its name for people
 * @param language the language of its cells, as the kernelspec says; may be empty
 * @param argv the command, in which {@code {connection_file}} and {@code {resource_dir}} are to be replaced
 * @param env environment variables for the kernel, in which {@code ${NAME}} means that variable of the environment it
 *     is started with
 * @param interruptMode how the kernel wants to be interrupted
 * @param directory the folder of its {@code kernel.json}; empty for a kernel that has no such file
 * @param origin where it was found, for people
 */
public record KernelSpec(
        String name,
        String displayName,
        String language,
        List<String> argv,
        Map<String, String> env,
        InterruptMode interruptMode,
        Optional<Path> directory,
        String origin) {

    private static final Set<String> IPYTHON_NAMES = Set.of("python", "python2", "python3", KernelSpecs.CAMEL_NOTEBOOK);
    private static final String HISTORY_OPTION = "--HistoryManager.hist_file=";
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:(?<escaped>\\$)|\\{(?<braced>\\w+)}|(?<plain>[A-Za-z_]\\w*))");

    public KernelSpec {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
    }

    /** The same kernel, said to be of another language. */
    public KernelSpec withLanguage(String otherLanguage) {
        return new KernelSpec(name, displayName, otherLanguage, argv, env, interruptMode, directory, origin);
    }

    /**
     * The command that starts the kernel with that connection file. Python kernels keep their history in memory, since
     * parallel kernels would fight over one SQLite file.
     */
    public List<String> command(Path connectionFile) {
        String resources = directory.map(Path::toString).orElse("");
        List<String> command = new ArrayList<>();
        for (String argument : argv) {
            command.add(argument.replace("{connection_file}", connectionFile.toString())
                    .replace("{resource_dir}", resources));
        }
        if ((IPYTHON_NAMES.contains(name) || launcher() >= 0)
                && argv.stream().noneMatch(a -> a.startsWith(HISTORY_OPTION))) {
            command.add(HISTORY_OPTION + ":memory:");
        }
        return List.copyOf(command);
    }

    /** Where in its command the name of ipykernel's own launcher is; -1 if it is another kernel, or launched otherwise. */
    int launcher() {
        int module = argv.indexOf("-m") + 1;
        boolean launches =
                module > 0 && module < argv.size() && argv.get(module).equals("ipykernel_launcher");
        return launches ? module : -1;
    }

    /** The environment to start the kernel with: the base with this kernelspec's variables over it. */
    public Map<String, String> environment(Map<String, String> base) {
        Map<String, String> environment = new HashMap<>(base);
        env.forEach((variable, value) -> environment.put(variable, substitute(value, base)));
        return Map.copyOf(environment);
    }

    /** Variables that are not set stay as they are written, as Jupyter's clients do. */
    private static String substitute(String value, Map<String, String> base) {
        return VARIABLE.matcher(value).replaceAll(match -> Matcher.quoteReplacement(replacement(match, base)));
    }

    private static String replacement(MatchResult match, Map<String, String> base) {
        if (match.group(1) != null) {
            return "$";
        }
        String variable = match.group(2) != null ? match.group(2) : match.group(3);
        return base.getOrDefault(variable, match.group());
    }
}
