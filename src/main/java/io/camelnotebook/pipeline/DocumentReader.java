package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads a config file, JSON or YAML, into a document that knows where its fields are. */
final class DocumentReader {

    private final PipelineLimits limits;

    DocumentReader(PipelineLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a config file.
     *
     * @param content where its content is
     * @param file what to call it
     * @throws ConfigException when the file cannot be read, is too large, or is no JSON or YAML object
     */
    ConfigDocument read(Path content, Path file) {
        String text = decode(file, bytes(content, file));
        if (text.isBlank()) {
            throw refused(file, "the file is empty", "describe at least one job");
        }
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        Syntax.Content parsed = json ? JsonSyntax.read(file, text) : YamlSyntax.read(file, text);
        JsonNode root = parsed.root();
        if (root instanceof ObjectNode object && !object.isEmpty()) {
            return new ConfigDocument(file, object, parsed.positions());
        }
        throw refused(
                file,
                "expected a map with 'jobs', or a map whose every value has 'notebook', found " + Words.describe(root),
                "describe at least one job");
    }

    private byte[] bytes(Path content, Path file) {
        try {
            if (Files.isDirectory(content)) {
                throw refused(file, "this is a folder, not a config file", "name a file in it");
            }
            // Not by the size the file system tells: pipes have none, and files grow.
            try (InputStream in = Files.newInputStream(content)) {
                int most = (int) Math.min(limits.maxFileBytes(), Integer.MAX_VALUE - 16);
                byte[] bytes = in.readNBytes(most + 1);
                if (bytes.length > most) {
                    throw refused(
                            file,
                            "the file is larger than the limit of " + limits.maxFileBytes() + " bytes",
                            "keep data in files of their own and name them in parameters");
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw refused(file, "there is no such file", "check the path");
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + e, "check the file and its permissions");
        }
    }

    private static String decode(Path file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new ConfigException(List.of(ConfigProblem.at(
                    file,
                    Position.of(text, text.length()),
                    "this is not UTF-8 text",
                    "config files are JSON or YAML, saved as UTF-8")));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static ConfigException refused(Path file, String what, String remedy) {
        return new ConfigException(List.of(ConfigProblem.ofFile(file, what, remedy)));
    }
}
