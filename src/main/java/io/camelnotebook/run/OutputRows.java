package io.camelnotebook.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The ledger's rows about what jobs left: executed notebooks with their cache keys, and files. */
final class OutputRows {

    /** Of as many equal jobs some may have lost their files; to look at more costs more than to run one. */
    private static final int MOST_CANDIDATES = 5;

    private OutputRows() {}

    /**
     * What a job left.
     *
     * @param sha256 of its executed notebook; null if it has none
     */
    record Left(@Nullable String sha256, Map<String, JobOutputs.Files> files) {

        static final Left NOTHING = new Left(null, Map.of());
    }

    /** Notes what a job left, if it succeeded. */
    static void insert(Handle handle, JobResult result) {
        if (!result.jobState().isSuccess() || !result.leftNotebook()) {
            return;
        }
        JobMessage job = result.job();
        JobOutputs outputs = result.outputs();
        JobOutputs.Origin origin = outputs.cachedFrom();
        handle.execute(
                "INSERT INTO job_output (run, job, sha256, cache_key, origin_run, origin_job) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (run, job) DO UPDATE SET sha256 = excluded.sha256, cache_key = excluded.cache_key,"
                        + " origin_run = excluded.origin_run, origin_job = excluded.origin_job",
                job.run(),
                job.job(),
                result.outputSha256(),
                outputs.cacheKey(),
                origin == null ? null : origin.run(),
                origin == null ? null : origin.job());
        if (outputs.files().isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO job_file (run, job, name, position, glob, path, sha256,"
                + " bytes) VALUES (:run, :job, :name, :position, :glob, :path, :sha256, :bytes)"
                + " ON CONFLICT (run, job, name, position) DO UPDATE SET path = excluded.path,"
                + " sha256 = excluded.sha256, bytes = excluded.bytes");
        outputs.files().forEach((name, files) -> {
            for (int position = 0; position < files.files().size(); position++) {
                JobOutputs.Kept file = files.files().get(position);
                batch.bind("run", job.run())
                        .bind("job", job.job())
                        .bind("name", name)
                        .bind("position", position)
                        .bind("glob", files.glob() ? 1 : 0)
                        .bind("path", file.path())
                        .bind("sha256", file.sha256())
                        .bind("bytes", file.bytes())
                        .add();
            }
        });
        batch.execute();
    }

    /** What the jobs of a template left, by job. */
    static Map<String, Left> ofTemplate(Handle handle, String run, String template) {
        Map<String, Map<String, JobOutputs.Files>> files = new LinkedHashMap<>();
        handle.createQuery("SELECT f.job, f.name, f.glob, f.path, f.sha256, f.bytes FROM job_file f"
                        + " JOIN job j ON j.run = f.run AND j.id = f.job"
                        + " WHERE f.run = :run AND j.template = :template ORDER BY f.job, f.name, f.position")
                .bind("run", run)
                .bind("template", template)
                .map((row, context) -> new FileRow(
                        row.getString("job"),
                        row.getString("name"),
                        row.getInt("glob") == 1,
                        new JobOutputs.Kept(row.getString("path"), row.getString("sha256"), row.getLong("bytes"))))
                .forEach(row -> row.addTo(files.computeIfAbsent(row.job(), job -> new LinkedHashMap<>())));
        Map<String, Left> left = new LinkedHashMap<>();
        handle.createQuery("SELECT o.job, o.sha256 FROM job_output o JOIN job j ON j.run = o.run AND j.id = o.job"
                        + " WHERE o.run = :run AND j.template = :template")
                .bind("run", run)
                .bind("template", template)
                .map((row, context) -> Map.entry(row.getString("job"), row.getString("sha256")))
                .forEach(row ->
                        left.put(row.getKey(), new Left(row.getValue(), files.getOrDefault(row.getKey(), Map.of()))));
        return left;
    }

    /** The jobs with a cache key that have run themselves and succeeded, the last one first. */
    static List<Reusable> reusable(Handle handle, String key) {
        return handle.createQuery("SELECT o.run, o.job, o.sha256, j.output, j.results FROM job_output o"
                        + " JOIN job j ON j.run = o.run AND j.id = o.job"
                        + " WHERE o.cache_key = :key AND j.state = :succeeded ORDER BY o.run DESC LIMIT :most")
                .bind("key", key)
                .bind("succeeded", JobState.SUCCEEDED.jsonName())
                .bind("most", MOST_CANDIDATES)
                .map((row, context) -> new Reusable(
                        new JobOutputs.Origin(row.getString("run"), row.getString("job")),
                        row.getString("output"),
                        row.getString("sha256"),
                        LedgerJson.values(row.getString("results")),
                        files(handle, row.getString("run"), row.getString("job"))))
                .list();
    }

    private static Map<String, JobOutputs.Files> files(Handle handle, String run, String job) {
        Map<String, JobOutputs.Files> files = new LinkedHashMap<>();
        handle.createQuery("SELECT name, glob, path, sha256, bytes FROM job_file WHERE run = :run AND job = :job"
                        + " ORDER BY name, position")
                .bind("run", run)
                .bind("job", job)
                .map((row, context) -> new FileRow(
                        job,
                        row.getString("name"),
                        row.getInt("glob") == 1,
                        new JobOutputs.Kept(row.getString("path"), row.getString("sha256"), row.getLong("bytes"))))
                .forEach(row -> row.addTo(files));
        return files;
    }

    private record FileRow(String job, String name, boolean glob, JobOutputs.Kept file) {

        void addTo(Map<String, JobOutputs.Files> files) {
            files.computeIfAbsent(name, key -> new JobOutputs.Files(glob, new ArrayList<>()))
                    .files()
                    .add(file);
        }
    }
}
