package io.camelnotebook.main;

import io.camelnotebook.schedule.RegisteredSchedule;
import io.camelnotebook.schedule.Schedules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code schedules}: the pipelines that run by themselves, listed, removed, paused and resumed. */
@Command(
        name = "schedules",
        description = "Lists the pipelines that run by themselves, with their next times; also removes, pauses and"
                + " resumes them. A watcher of the folder notices within a second.",
        mixinStandardHelpOptions = true)
final class SchedulesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--configs",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The watched folder; configs by default.")
    private @Nullable Path configs;

    @Option(names = "--json", description = "Prints the list as JSON.")
    private boolean json;

    /** Something done with one schedule. */
    @FunctionalInterface
    private interface Action {
        void with(Schedules schedules) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        Schedules schedules = schedules();
        List<RegisteredSchedule> all = schedules.list();
        if (json) {
            console().result(ScheduleJson.of(all).toPrettyString());
        } else if (all.isEmpty()) {
            console()
                    .result("There are no schedules in " + folder()
                            + "; a pipeline with a schedule that appears there while it is watched becomes one.");
        } else {
            new ScheduleTable(console()).print(all);
            if (!schedules.isWatched()) {
                console()
                        .message("nothing watches " + folder()
                                + " now: schedules run while 'camel-notebook watch' does");
            }
        }
        return ExitStatus.OK;
    }

    @Command(
            name = "remove",
            description = "Removes a schedule. A run of it that goes on is not touched.",
            mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = "NAME", description = "The pipeline's name.") String name) throws IOException {
        return act(schedules -> schedules.remove(name), name + ": removed");
    }

    @Command(
            name = "pause",
            description = "Lets the times of a schedule pass without a run, until it is resumed.",
            mixinStandardHelpOptions = true)
    int pause(@Parameters(paramLabel = "NAME", description = "The pipeline's name.") String name) throws IOException {
        return act(schedules -> schedules.pause(name), name + ": paused");
    }

    @Command(
            name = "resume",
            description = "Lets a paused schedule run again from now on.",
            mixinStandardHelpOptions = true)
    int resume(@Parameters(paramLabel = "NAME", description = "The pipeline's name.") String name) throws IOException {
        return act(schedules -> schedules.resume(name), name + ": resumed");
    }

    private int act(Action action, String done) throws IOException {
        try {
            action.with(schedules());
        } catch (NoSuchElementException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        console().result(done);
        return ExitStatus.OK;
    }

    private Schedules schedules() {
        return new Schedules(folder(), Settings.load().scheduleGrace(), console()::message, Clock.systemUTC());
    }

    private Path folder() {
        return configs == null ? Settings.load().configs() : configs;
    }

    private Console console() {
        return Console.of(command);
    }
}
