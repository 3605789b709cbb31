package io.camelnotebook.notebook.parameters;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The languages there are, by the names of kernels and languages. */
final class ParameterLanguages {

    private static final List<ParameterLanguage> ALL = List.of(
            new PythonLanguage(),
            new RLanguage(),
            new ScalaLanguage(),
            new JuliaLanguage(),
            new MatlabLanguage.Matlab(),
            new MatlabLanguage.Octave(),
            new CSharpLanguage(),
            new FSharpLanguage(),
            new PowerShellLanguage(),
            new BashLanguage(),
            new JavaLanguage(),
            new KotlinLanguage(),
            new JavaScriptLanguage("JavaScript", false),
            new JavaScriptLanguage("TypeScript", true),
            new RubyLanguage(),
            new RustLanguage(),
            new GoLanguage());

    private static final Map<String, ParameterLanguage> BY_NAME = byName();

    private ParameterLanguages() {}

    static ParameterLanguage find(String kernelName, String language) {
        ParameterLanguage found = BY_NAME.get(key(kernelName));
        if (found == null) {
            found = BY_NAME.get(key(language));
        }
        if (found == null) {
            throw new ParameterException(
                    "Parameters cannot be given to kernel '" + kernelName + "', whose language is '"
                            + language + "': expected one of "
                            + ALL.stream().map(ParameterLanguage::displayName).collect(Collectors.joining(", "))
                            + "; remove the parameters, or let the notebook read them from a file");
        }
        return found;
    }

    private static Map<String, ParameterLanguage> byName() {
        Map<String, ParameterLanguage> byName = new HashMap<>();
        ALL.forEach(language -> byName.put(key(language.displayName()), language));
        Map.of(
                        "pysparkkernel", "Python",
                        "sparkkernel", "Scala",
                        "sparkrkernel", "R",
                        ".net-csharp", "C#",
                        "csharp", "C#",
                        ".net-fsharp", "F#",
                        "fsharp", "F#",
                        ".net-powershell", "PowerShell",
                        "pwsh", "PowerShell")
                .forEach((alias, name) -> byName.put(alias, language(name)));
        byName.put("golang", language("Go"));
        return Map.copyOf(byName);
    }

    private static ParameterLanguage language(String displayName) {
        return ALL.stream()
                .filter(language -> language.displayName().equals(displayName))
                .findFirst()
                .orElseThrow();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
