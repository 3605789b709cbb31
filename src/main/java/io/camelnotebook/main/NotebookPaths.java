package io.camelnotebook.main;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.main.template.PathTemplate;
import io.camelnotebook.main.template.TemplateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a notebook comes from and where it goes, as papermill has it: files, or {@code -} for the standard streams.
 *
 * @param input such as {@code in.ipynb}, possibly a template
 * @param output such as {@code out_{alpha}.ipynb}, possibly a template
 */
record NotebookPaths(String input, String output) {

    static final String STREAM = "-";

    private static final Pattern REMOTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);

    /** The two arguments, of which a pipe may stand for one or both. */
    static NotebookPaths given(@Nullable String first, @Nullable String second) {
        boolean fromPipe = StandardStreams.isInputPipe();
        if (first == null && !fromPipe) {
            throw new UsageException("missing INPUT: expected a notebook, or '-' for the standard input");
        }
        if (first != null && second == null && fromPipe) {
            return new NotebookPaths(STREAM, first);
        }
        if (second == null && !fromPipe && StandardStreams.isOutputTerminal()) {
            throw new UsageException(
                    "missing OUTPUT: expected where the executed notebook goes, or '-' for the standard"
                            + " output; /dev/null if it is not needed");
        }
        return new NotebookPaths(first == null ? STREAM : first, second == null ? STREAM : second);
    }

    /** Both paths with their fields filled in, and checked. */
    NotebookPaths filledIn(PapermillParameters parameters) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        ObjectNode builtIn = values.putObject("pm");
        OffsetDateTime now = OffsetDateTime.now().truncatedTo(ChronoUnit.MICROS);
        builtIn.put("run_uuid", UUID.randomUUID().toString());
        builtIn.putPOJO("current_datetime_local", LocalDateTime.from(now));
        builtIn.putPOJO("current_datetime_utc", now.withOffsetSameInstant(ZoneOffset.UTC));
        parameters.read(input, output).forEach(values::set);
        return new NotebookPaths(filledIn(input, values, "INPUT"), filledIn(output, values, "OUTPUT"));
    }

    private static String filledIn(String template, ObjectNode values, String place) {
        String path;
        try {
            path = PathTemplate.expand(template, values);
        } catch (TemplateException e) {
            throw new UsageException(place + " '" + template + "': " + e.getMessage());
        }
        checkLocal(path, place);
        return path;
    }

    /** Refuses what papermill reads from and writes to by other means than files. */
    static void checkLocal(String path, String place) {
        if (REMOTE.matcher(path).matches()) {
            throw new UsageException(
                    place + " '" + path + "': expected a file's path, or '-' for the standard streams;"
                            + " notebooks elsewhere can be piped through, for example:"
                            + " aws s3 cp s3://bucket/in.ipynb - | camel-notebook execute - - | aws s3 cp - s3://bucket/out.ipynb");
        }
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw new UsageException(place + " '" + path.replace("\0", "\\0")
                    + "': expected a file's path, or '-' for the" + " standard streams");
        }
    }

    /** Refuses an output that could not be written after hours of execution. */
    void checkWritable() {
        if (isToStream()) {
            return;
        }
        Path file = Path.of(output).toAbsolutePath();
        if (Files.isDirectory(file)) {
            throw new UsageException("OUTPUT '" + output + "' is a folder: expected a file's path, such as "
                    + Path.of(output).resolve("out.ipynb"));
        }
        Path folder = file.resolveSibling("");
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UsageException("OUTPUT '" + output + "': "
                    + folder + (Files.isDirectory(folder) ? " cannot be written to" : " is no folder")
                    + "; name a place where files can be made");
        }
    }

    boolean isFromStream() {
        return input.equals(STREAM);
    }

    boolean isToStream() {
        return output.equals(STREAM);
    }
}
