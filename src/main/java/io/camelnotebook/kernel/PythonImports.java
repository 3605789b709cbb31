package io.camelnotebook.kernel;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which modules Python cells import first thing: the import statements that stand at the beginning of a line. It
 * need not be exact. A fork server imports what it finds, and only libraries that no notebook can tell from ones not
 * imported; a module that is missed is imported by the notebook itself.
 */
public final class PythonImports {

    private static final String NAME = "[A-Za-z_][\\w.]*";
    private static final Pattern IMPORT = Pattern.compile(
            "^(?:import[ \\t]+(?<list>" + NAME + "[^\\n#;]*)|from[ \\t]+(?<from>" + NAME + ")[ \\t]+import\\b)",
            Pattern.MULTILINE);
    private static final Pattern MATPLOTLIB_MAGIC = Pattern.compile("^%(?:matplotlib|pylab)\\b", Pattern.MULTILINE);

    private PythonImports() {}

    /** The modules that these cells import, by their full names. */
    public static Set<String> of(Collection<String> cells) {
        Set<String> modules = new TreeSet<>();
        for (String cell : cells) {
            if (cell.startsWith("%%")) {
                continue;
            }
            Matcher matcher = IMPORT.matcher(cell);
            while (matcher.find()) {
                if (matcher.group("from") != null) {
                    modules.add(matcher.group("from"));
                } else {
                    addAll(modules, matcher.group("list"));
                }
            }
            if (MATPLOTLIB_MAGIC.matcher(cell).find()) {
                modules.add("matplotlib.pyplot");
            }
        }
        return modules;
    }

    private static void addAll(Set<String> modules, String list) {
        for (String item : list.split(",", -1)) {
            String module = item.strip().split("\\s", 2)[0];
            if (module.matches(NAME)) {
                modules.add(module);
            }
        }
    }
}
