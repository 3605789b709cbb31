package io.camelnotebook.notebook.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterLanguageTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    @Test
    void aCellSetsTheParametersInTheirOrder() throws IOException {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        parameters.put("z", JSON.readTree("[1, \"a\", {\"k\": null}]"));
        parameters.put("alpha", JSON.readTree("0.6"));

        assertThat(ParameterLanguage.of("python3", "python").cell(parameters))
                .isEqualTo("# Parameters\nz = [1, \"a\", {\"k\": None}]\nalpha = 0.6\n");
    }

    @ParameterizedTest
    @CsvSource({
        "python3, python, Python",
        "pysparkkernel, scala, Python",
        "sparkkernel, '', Scala",
        "sparkrkernel, '', R",
        ".net-csharp, polyglot-notebook, C#",
        ".net-fsharp, '', F#",
        ".net-powershell, '', PowerShell",
        "ir, R, R",
        "julia-1.11, julia, Julia",
        "jupyter_matlab_kernel, matlab, MATLAB",
        "octave, octave, Octave",
        "xeus, C#, C#",
        "deno, typescript, TypeScript",
        "jslab, JavaScript, JavaScript",
        "gonb, go, Go",
        "iruby, ruby, Ruby",
        "evcxr, rust, Rust",
        "bash, bash, Bash",
        "kotlin, kotlin, Kotlin",
        "rapaio-jupyter-kernel, java, Java"
    })
    void aLanguageIsFoundByKernelFirst(String kernel, String language, String expected) {
        assertThat(ParameterLanguage.of(kernel, language).displayName()).isEqualTo(expected);
    }

    @Test
    void anUnknownLanguageIsRefusedWithThoseThatAreKnown() {
        assertThatThrownBy(() -> ParameterLanguage.of("xsql", "sql"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContainingAll("'xsql'", "'sql'", "Python", "R", "Scala", "Julia", "MATLAB", "Go");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "python|null|x = None",
                "python|true|x = True",
                "python|12345678901234567890123|x = 12345678901234567890123",
                "python|1e16|x = 1e+16",
                "python|[NaN, Infinity, -Infinity]|x = [float('nan'), float('inf'), float('-inf')]",
                "python|\"\\\"é\\\\ \\n\\u0001\\u2028😀\\ud800\"|x = \"\\\"é\\\\ \\n\\x01\\u2028😀\\ud800\"",
                "python|{}|x = {}",
                "R|null|x = NULL",
                "R|[true, 1, \"a\"]|x = list(TRUE, 1, \"a\")",
                "R|{\"k\": null}|x = list(\"k\" = NULL)",
                "R|{\"k\": 1, \"\": 2}|x = stats::setNames(list(1, 2), c(\"k\", \"\"))",
                "R|[NaN, -Infinity]|x = list(NaN, -Inf)",
                "R|\"\\u0001é$x\\u200b\"|x = \"\\u0001é$x\\u200b\"",
                "scala|null|val x = None",
                "scala|[1, 3000000000]|val x = Seq(1L, 3000000000L)",
                "scala|12345678901234567890|val x = BigInt(\"12345678901234567890\")",
                "scala|{\"k\": [1, \"$a\"]}|val x = Map(\"k\" -> Seq[Any](1, \"$a\"))",
                "scala|[9007199254740993, 0.5]|val x = Seq[Any](9007199254740993L, 0.5)",
                "scala|NaN|val x = Double.NaN",
                "julia|\"cost: $x\"|x = \"cost: \\$x\"",
                "julia|[true, 1]|x = Any[true, 1]",
                "julia|[[1], [2]]|x = [[1], [2]]",
                "julia|{\"k\": null}|x = Dict(\"k\" => nothing)",
                "julia|Infinity|x = Inf",
                "matlab|null|x = NaN;",
                "matlab|\"say \\\"é\\\"\\n\"|x = (\"say \"\"é\"\"\" + char(10) + \"\");",
                "matlab|{\"it's\": [1, true]}|x = containers.Map({'it''s'}, {{1, true}});",
                "matlab|{\"a\\nb\": 1}|x = containers.Map({['a' char(10) 'b']}, {1});",
                "octave|\"say \\\"é\\\"\\n\\u0001\"|x = \"say \\\"é\\\"\\n\\001\";",
                "octave|{\"a\\u2028'\": 1}|x = containers.Map({\"a\\342\\200\\250'\"}, {1});",
                "c#|null|object x = null;",
                "c#|[1, 3000000000]|var x = new [] { 1L, 3000000000L };",
                "c#|[[1, 2], [3]]|var x = new [] { new [] { 1, 2 }, new [] { 3 } };",
                "c#|[1, \"a\", null]|var x = new object[] { 1, \"a\", null };",
                "c#|{\"k\": \"\\u0001\"}|var x = new System.Collections.Generic.Dictionary<string, object> { { \"k\" , \"\\u0001\" } };",
                "c#|-Infinity|var x = double.NegativeInfinity;",
                "f#|null|let x = None",
                "f#|[1, 2]|let x = [ 1; 2 ]",
                "f#|[1, null]|let x = [ box (1); box ((None : obj option)) ]",
                "f#|{\"k\": 1}|`let x = ([ (\"k\", 1 :> System.IComparable) ] |> Map.ofList)`",
                "powershell|\"$x `n it's ’\"|$x = '$x `n it''s ’’'",
                "powershell|\"a\\nb\"|$x = ('a' + [char]10 + 'b')",
                "powershell|[[1, 2]]|$x = @(, @(1, 2))",
                "powershell|{\"k\": null, \"l\": [true]}|$x = @{'k' = $Null; 'l' = @($True)}",
                "powershell|NaN|$x = [double]::NaN",
                "bash|null|x=",
                "bash|\"a-b.c\"|x=a-b.c",
                "bash|\"$(rm) it's é!\"|x='$(rm) it'\\''s é!'",
                "bash|\"a\\nb\"|x='a'$'\\x0a''b'",
                "bash|\"\\u0085\\u2028\"|x=$'\\xc2\\x85'$'\\xe2\\x80\\xa8'",
                "bash|[1, \"a b\", null]|x=(1 'a b' '')",
                "java|\"\\\\u0041\\u0001\\n\"|var x = \"\\\\u0041\\001\\n\";",
                "java|null|Object x = null;",
                "java|[null]|var x = java.util.Arrays.<Object>asList((Object) null);",
                "kotlin|\"$x\"|val x = \"\\$x\"",
                "kotlin|-9223372036854775808|val x = Long.MIN_VALUE",
                "kotlin|{\"k\": [1, null]}|val x = mapOf<String, Any?>(\"k\" to listOf<Any?>(1, null))",
                "javascript|9007199254740993|var x = 9007199254740993n;",
                "javascript|{\"__proto__\": 1}|var x = Object({[\"__proto__\"]: 1});",
                "typescript|{\"a\": 1}|var x = {\"a\": 1};",
                "ruby|\"#{x} \\u0001\"|x = \"\\#{x} \\u{1}\"",
                "ruby|{\"k\": [null, -Infinity]}|x = {\"k\" => [nil, -Float::INFINITY]}",
                "rust|[1, 3000000000]|let x = vec![1i64, 3000000000i64];",
                "rust|{\"k\": \"a\"}|let x = std::collections::HashMap::from([(String::from(\"k\"), String::from(\"a\"))]);",
                "go|[[1], [2]]|var x = [][]int{[]int{1}, []int{2}}",
                "go|{\"k\": [1, \"a\"]}|var x = map[string]interface{}{\"k\": []interface{}{1, \"a\"}}",
                "go|null|var x interface{} = nil",
            })
    void valuesBecomeLiterals(String language, String json, String expected) throws IOException {
        String cell = ParameterLanguage.of("", language).cell(Map.of("x", JSON.readTree(json)));

        assertThat(cell.substring(cell.indexOf('\n') + 1)).isEqualTo(expected + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "python, # Parameters",
        "scala, // Parameters",
        "matlab, % Parameters",
        "c#, // Parameters",
        "f#, (* Parameters *)",
        "powershell, # Parameters"
    })
    void theCellBeginsWithAComment(String language, String comment) {
        assertThat(ParameterLanguage.of("", language).cell(Map.of())).isEqualTo(comment + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bash|{\"k\": 1}|Bash has no objects",
                "bash|[[1]]|cannot hold lists",
                "bash|\"\\u0000\"|NUL",
                "R|9007199254740993|2^53",
                "octave|{\"\": 1}|takes no empty key",
                "matlab|-9007199254740993|2^53",
                "R|\"a\\u0000\"|NUL",
                "julia|\"\\ud800\"|surrogate",
                "rust|null|the type of a null",
                "rust|[]|the type of an empty list",
                "rust|[1, \"a\"]|values of one type",
                "rust|[{\"a\": 1}, {\"a\": \"b\"}]|values of one type",
                "go|12345678901234567890|64 bits",
                "powershell|{\"k\": 1, \"K\": 2}|differs only in case",
            })
    void whatALanguageCannotExpressIsRefusedByName(String language, String json, String reason) {
        assertThatThrownBy(() -> ParameterLanguage.of("", language).cell(Map.of("rate", JSON.readTree(json))))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("Parameter 'rate' cannot be written in ")
                .hasMessageContaining(reason);
    }

    @Test
    void valuesNestedTooDeeplyAreRefused() throws IOException {
        JsonNode deep = JSON.readTree("[".repeat(500) + "]".repeat(500));

        assertThatThrownBy(() -> ParameterLanguage.of("", "python").cell(Map.of("x", deep)))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("nested deeper than 100");
    }

    @Test
    void longTextIsCutIntoConstantsThatAClassFileCanHold() {
        TextNode text = TextNode.valueOf("😀".repeat(30_000));

        String cell = ParameterLanguage.of("", "java").cell(Map.of("x", text));

        assertThat(cell)
                .startsWith("// Parameters\nvar x = String.join(\"\", \"😀")
                .doesNotContain("\\u");
    }

    @ParameterizedTest
    @CsvSource({
        "python, output-label, output_label",
        "python, 'a;print(1);b', a_print_1_b",
        "python, class, p_class",
        "python, 1st, p_1st",
        "python, 'total (EUR)', total_EUR",
        "python, None, p_None",
        "R, .hidden, hidden",
        "R, NULL, p_NULL",
        "matlab, _x, x",
        "bash, größe, gr_e",
        "powershell, Host, p_Host",
        "go, type, p_type",
        "java, enum, p_enum",
        "scala, val, p_val"
    })
    void aNameThatIsNoIdentifierIsRefusedAndAnotherSuggested(String language, String name, String suggestion) {
        assertThatThrownBy(() -> ParameterLanguage.of("", language).cell(Map.of(name, TextNode.valueOf(""))))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("Parameter '" + name + "' cannot be a variable in ")
                .hasMessageContaining("expected")
                .hasMessageEndingWith("for example to '" + suggestion + "'");
    }

    @Test
    void aNameOfNothingUsableIsRefusedWithoutSuggestion() {
        assertThatThrownBy(() -> ParameterLanguage.of("", "python").cell(Map.of("", TextNode.valueOf(""))))
                .isInstanceOf(ParameterException.class)
                .hasMessageEndingWith("rename it");
    }

    @ParameterizedTest
    @CsvSource({"python, größe", "python, match", "python, _", "R, a.b", "julia, go!", "bash, if", "go, x1"})
    void namesThatTheLanguageTakesAreTaken(String language, String name) {
        assertThat(ParameterLanguage.of("", language).cell(Map.of(name, TextNode.valueOf("v"))))
                .contains(name);
    }

    @Test
    void leadingUnderscoresAreDroppedInR() {
        assertThat(ParameterLanguage.of("", "R").cell(Map.of("__x", TextNode.valueOf("v"))))
                .isEqualTo("# Parameters\nx = \"v\"\n");
    }
}
