package io.camelnotebook.notebook.parameters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.notebook.parameters.Description.Approximation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Languages whose kernels are not to be had from a registry: their compilers take our literals for what they are. And
 * Octave, whose kernel takes seconds for some lines and so gets few values in {@code KernelLiteralsIT}. F#'s compiler is Fable,
 * which makes JavaScript: what has a type of its own there is told from other numbers, and a zero has no sign.
 */
@Tag("other-kernels")
@Timeout(300)
class CompilerLiteralsIT {

    private static final Path PROGRAMS = Path.of("src/test/kernels/describe");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ruby  | ruby.rb     | puts describe(%s)                               | ruby $program |",
                "octave | octave.m   | printf('%%s\\n', describe(%s))                 | octave-cli --norc $program | NULL_IS_NAN",
                "javascript | javascript.js | console.log(describe(%s))                  | node $program |",
                "scala | scala.scala | println(describe(%s))                           | java -cp \"$kernels/scala/*\" scala.tools.nsc.MainGenericRunner -usejavacp $program |",
                "C#    | csharp.cs   | Console.WriteLine(Of(%s));                      | mcs -r:System.Numerics.dll -out:$folder/program.exe $program && mono $folder/program.exe | ZERO_HAS_NO_SIGN",
                "F#    | fsharp.fsx  | JS.console.log(describe (box %s))                | export NODE_PATH=$kernels/node_modules; cd $folder; if ! $kernels/node_modules/.bin/fable fsharp.fsx out --commonjs > log; then cat log; exit 1; fi; node -r $OLDPWD/src/test/kernels/describe/fsharp.js out/fsharp.js | ZERO_HAS_NO_SIGN",
                "go    | go.go       | func init() { fmt.Println(describe(%s)) }       | cd $folder && go run $program |",
                "rust  | rust.rs     | println!(\"{}\", %s.describe());                | rustc -A warnings -o $folder/program $program && $folder/program |",
            })
    void parametersAreTheSameInAProgram(
            String language,
            String program,
            String print,
            String command,
            Approximation approximation,
            @TempDir Path folder)
            throws Exception {
        ParameterLanguage target = ParameterLanguage.of("", language);
        Map<String, JsonNode> parameters = LiteralExamples.of(target, 120);
        String prints = parameters.keySet().stream().map(print::formatted).collect(Collectors.joining("\n"));
        Path source = folder.resolve(program);
        Files.writeString(
                source,
                Files.readString(PROGRAMS.resolve(program), UTF_8)
                        .replace("PARAMETERS", target.cell(parameters) + prints),
                UTF_8);

        List<String> described = run(folder, command.replace("$program", source.toString()));

        assertThat(described).hasSize(parameters.size());
        Set<Approximation> approximations = approximation == null ? Set.of() : Set.of(approximation);
        List<String> different = new ArrayList<>();
        parameters.forEach((name, expected) -> {
            JsonNode found = Description.parse(described.get(Integer.parseInt(name.substring(1))));
            if (!Description.isSame(expected, found, approximations)) {
                different.add(expected + " became " + found);
            }
        });
        assertThat(different).isEmpty();
    }

    private static List<String> run(Path folder, String command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        // Octave at times tells here, after all is printed, that it ignored an exception while it ended.
        Path errors = folder.resolve("errors");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", command);
        shell.environment().put("folder", folder.toString());
        shell.environment().put("kernels", System.getProperty("test.kernels"));
        // Which Java, for those who have no locale that says so.
        shell.environment().put("JAVA_TOOL_OPTIONS", "-Dfile.encoding=UTF-8");
        shell.environment().put("LC_ALL", "C.UTF-8");
        Process process = shell.redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(output, UTF_8);
        assertThat(process.exitValue())
                .as(text + Files.readString(errors, UTF_8))
                .isZero();
        return text.lines().toList();
    }
}
