package io.camelnotebook.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that is wrong in a config file: where, what was expected there, and how to mend it.
 *
 * @param file the config file, as it was named to the reader
 * @param line from 1; 0 when the problem is the file as a whole
 * @param column from 1; 0 when the problem is the file as a whole
 * @param job the job or batch entry it is in
 * @param field where in the job, or in the file outside of jobs: {@code matrix.seed}, {@code publish[1]}
 * @param what what is wrong or was expected
 * @param remedy how to mend it
 */
public record ConfigProblem(
        Path file,
        int line,
        int column,
        Optional<String> job,
        Optional<String> field,
        String what,
        Optional<String> remedy) {

    /** A problem of the file as a whole. */
    static ConfigProblem ofFile(Path file, String what, String remedy) {
        return at(file, new Position(0, 0), what, remedy);
    }

    /** A problem at a place that belongs to no field, such as a syntax error. */
    static ConfigProblem at(Path file, Position position, String what, String remedy) {
        return new ConfigProblem(
                file,
                position.line(),
                position.column(),
                Optional.empty(),
                Optional.empty(),
                what,
                remedy.isEmpty() ? Optional.empty() : Optional.of(remedy));
    }

    /** One line for people: {@code configs/x.yaml:7:5: job 'train', field 'needs': what (remedy)}. */
    public String message() {
        StringBuilder message = new StringBuilder(file.toString());
        if (line > 0) {
            message.append(':').append(line).append(':').append(column);
        }
        message.append(": ");
        job.ifPresent(name -> message.append("job ").append(Words.quote(name)));
        field.ifPresent(
                path -> message.append(job.isPresent() ? ", field " : "field ").append(Words.quote(path)));
        if (job.isPresent() || field.isPresent()) {
            message.append(": ");
        }
        message.append(what);
        remedy.ifPresent(mend -> message.append(" (").append(mend).append(')'));
        return message.toString();
    }

    @Override
    public String toString() {
        return message();
    }
}
