package io.camelnotebook.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.camelnotebook.pipeline.ParameterYaml;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The parameters of a command line as papermill takes them; what comes later in the list of options below wins. */
final class PapermillParameters {

    @Option(names = "--inject-paths", description = "Injects both paths, as below.")
    private boolean injectPaths;

    @Option(names = "--inject-input-path", description = "Injects PAPERMILL_INPUT_PATH.")
    private boolean injectInputPath;

    @Option(names = "--inject-output-path", description = "Injects PAPERMILL_OUTPUT_PATH.")
    private boolean injectOutputPath;

    @Option(
            names = {"-b", "--parameters_base64"},
            paramLabel = "BASE64",
            description = "Parameters as YAML in Base64.")
    private List<String> base64 = List.of();

    @Option(
            names = {"-f", "--parameters_file"},
            paramLabel = "FILE",
            description = "A YAML file with parameters, or '-' for the standard input.")
    private List<String> files = List.of();

    @Option(
            names = {"-y", "--parameters_yaml"},
            paramLabel = "YAML",
            description = "Parameters as YAML.")
    private List<String> yaml = List.of();

    @Option(
            names = {"-p", "--parameters"},
            arity = "2",
            hideParamSyntax = true,
            paramLabel = "NAME VALUE",
            description = "A parameter; True, False, None and numbers are read as such.")
    private List<String> values = List.of();

    @Option(
            names = {"-r", "--parameters_raw"},
            arity = "2",
            hideParamSyntax = true,
            paramLabel = "NAME TEXT",
            description = "A parameter that is always text.")
    private List<String> raw = List.of();

    /** All of them by name, those of lower precedence first. */
    Map<String, JsonNode> read(String input, String output) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        if (injectPaths || injectInputPath) {
            all.put("PAPERMILL_INPUT_PATH", JsonNodeFactory.instance.textNode(input));
        }
        if (injectPaths || injectOutputPath) {
            all.put("PAPERMILL_OUTPUT_PATH", JsonNodeFactory.instance.textNode(output));
        }
        base64.forEach(text -> add(all, Path.of("-b"), decode(text)));
        files.forEach(file -> add(all, Path.of(file), contents(file)));
        yaml.forEach(text -> add(all, Path.of("-y"), text));
        for (int i = 0; i < values.size(); i += 2) {
            all.put(values.get(i), ParameterText.value(values.get(i + 1)));
        }
        for (int i = 0; i < raw.size(); i += 2) {
            all.put(raw.get(i), JsonNodeFactory.instance.textNode(raw.get(i + 1)));
        }
        return all;
    }

    private static void add(Map<String, JsonNode> all, Path place, String text) {
        ParameterYaml.read(place, text).properties().forEach(field -> all.put(field.getKey(), field.getValue()));
    }

    private static String decode(String base64) {
        try {
            return text("-b", Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "-b: expected YAML in Base64: " + e.getMessage() + "; encode it with: base64 -w0 parameters.yaml");
        }
    }

    private static String contents(String file) {
        NotebookPaths.checkLocal(file, "-f");
        try {
            byte[] bytes =
                    file.equals(NotebookPaths.STREAM) ? StandardStreams.input() : Files.readAllBytes(Path.of(file));
            return text(file, bytes);
        } catch (IOException e) {
            throw new UsageException(file + ": the file of parameters cannot be read: " + e + "; is the path right?");
        }
    }

    private static String text(String place, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException(place + ": expected YAML in UTF-8, found bytes that are not; save it as UTF-8");
        }
    }
}
