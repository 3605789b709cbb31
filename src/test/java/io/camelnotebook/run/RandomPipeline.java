package io.camelnotebook.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A pipeline of up to ten templates, each of which may be a matrix, may need any of those before it and read their results,
 * and may be tried again after some failures; and how each of its jobs ends, which depends on the attempt and on nothing
 * else. A job's kernel finds the pipeline's name and its {@link #label} in the environment variable {@code WORD}.
 */
public final class RandomPipeline {

    /** What the engine does with jobs whose config says nothing of attempts. */
    static final int USUAL_RETRIES = 2;

    private static final List<String> KINDS = List.of("error", "timeout", "ConnectionError");

    /** How an attempt may end. */
    public enum Ending {
        SUCCESS(JobState.SUCCEEDED),
        CONNECTION_ERROR(JobState.FAILED, "error", "ConnectionError"),
        VALUE_ERROR(JobState.FAILED, "error", "ValueError"),
        TIMEOUT(JobState.TIMED_OUT, "timeout"),
        LEFT_BY_ITSELF(JobState.KERNEL_DIED, "error"),
        KILLED_BY_SIGNAL(JobState.KERNEL_DIED),
        NO_START(JobState.FAILED);

        final JobState state;
        private final Set<String> kinds;

        Ending(JobState state, String... kinds) {
            this.state = state;
            this.kinds = Set.of(kinds);
        }

        private boolean isWorthAnotherAttempt(Set<String> on) {
            boolean notTheCodes = kinds.isEmpty() && this != SUCCESS;
            return notTheCodes || kinds.stream().anyMatch(on::contains);
        }
    }

    /** The attempts of a job up to some number end in one way, and all later ones in another. */
    private record Fate(int first, Ending early, Ending late, int attempts) {}

    private record Template(String name, List<String> needs, int size, int attempts, Set<String> on) {}

    private final Random random;
    private final StringBuilder yaml = new StringBuilder();
    private final Map<String, Template> templates = new TreeMap<>();
    private final Map<String, Fate> fates = new HashMap<>();

    public RandomPipeline(Random random, String onFailure) {
        this.random = random;
        yaml.append("on_failure: ").append(onFailure).append('\n');
        if (random.nextBoolean()) {
            yaml.append("max_parallel: ").append(1 + random.nextInt(4)).append('\n');
        }
        yaml.append("jobs:\n");
        int count = 1 + random.nextInt(10);
        for (int i = 0; i < count; i++) {
            add("t" + i);
        }
    }

    private void add(String name) {
        List<String> needs = templates.keySet().stream()
                .filter(need -> random.nextInt(3) == 0)
                .toList();
        int size = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0;
        Set<String> on = new HashSet<>(KINDS);
        on.removeIf(kind -> random.nextBoolean());
        boolean usual = random.nextInt(3) == 0;
        int attempts = usual ? USUAL_RETRIES + 1 : 1 + random.nextInt(4);
        Template template = new Template(name, needs, size, attempts, usual ? Set.of() : on);
        templates.put(name, template);

        List<String> fields = new ArrayList<>(List.of("notebook: n.ipynb", "needs: " + needs));
        fields.add("priority: " + random.nextInt(3));
        String label = '"' + name + (size > 0 ? "-${matrix.x}" : "") + '"';
        fields.add("label: " + label);
        fields.add("env: {WORD: " + label.replaceFirst("\"", "\"\\${run.name}/") + "}");
        if (size > 0) {
            fields.add("matrix: {x: {range: [0, " + size + "]}}");
        }
        if (!usual) {
            fields.add("retries: {attempts: " + attempts + ", on: " + List.copyOf(on) + "}");
        }
        needs.stream()
                .filter(need -> template(need).size() == 0)
                .findFirst()
                .ifPresent(need -> fields.add("parameters: {upstream: \"${jobs." + need + ".results.value}\"}"));
        yaml.append("  %s: {%s}%n".formatted(name, String.join(", ", fields)));
        ids(template).forEach(id -> fates.put(id, fate(template)));
    }

    private Fate fate(Template template) {
        Ending[] endings = Ending.values();
        Ending late = random.nextInt(6) == 0 ? endings[random.nextInt(endings.length)] : Ending.SUCCESS;
        Ending early = endings[random.nextInt(endings.length)];
        int first = early.isWorthAnotherAttempt(template.on()) ? random.nextInt(template.attempts()) : 0;
        int attempts = late.isWorthAnotherAttempt(template.on()) ? template.attempts() : first + 1;
        return new Fate(first, early, late, attempts);
    }

    private static List<String> ids(Template template) {
        if (template.size() == 0) {
            return List.of(template.name());
        }
        List<String> ids = new ArrayList<>();
        for (int x = 0; x < template.size(); x++) {
            ids.add(template.name() + "[" + template.name() + "-" + x + "]");
        }
        return ids;
    }

    public String yaml() {
        return yaml.toString();
    }

    public List<String> jobs() {
        return templates.values().stream()
                .flatMap(template -> ids(template).stream())
                .toList();
    }

    /** What a job's folder is called. */
    public static String label(String job) {
        return job.replaceFirst(".*\\[(.*)]", "$1");
    }

    /** The jobs that a job needs. */
    public List<String> needs(String job) {
        return template(job).needs().stream()
                .flatMap(need -> ids(template(need)).stream())
                .toList();
    }

    private Fate fate(String job) {
        return Objects.requireNonNull(fates.get(job));
    }

    private Template template(String job) {
        return Objects.requireNonNull(templates.get(job.replaceFirst("\\[.*", "")));
    }

    public Ending ending(String job, int attempt) {
        Fate fate = fate(job);
        return attempt <= fate.first() ? fate.early() : fate.late();
    }

    /** How a job ends if all that it needs is there, however many of its attempts are cut off. */
    JobState ownState(String job) {
        return fate(job).late().state;
    }

    /** How many attempts a job has if none is cut off. */
    public int attempts(String job) {
        return fate(job).attempts();
    }

    /** A job is skipped if some job it needs did not succeed; else it ends as it would by itself. */
    public Map<String, JobState> finalStates() {
        Map<String, JobState> states = new TreeMap<>();
        for (String job : jobs()) {
            boolean met = needs(job).stream()
                    .allMatch(
                            need -> states.getOrDefault(need, JobState.SKIPPED).isSuccess());
            states.put(job, met ? ownState(job) : JobState.SKIPPED);
        }
        return states;
    }
}
