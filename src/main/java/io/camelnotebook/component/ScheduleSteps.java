package io.camelnotebook.component;

import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.schedule.RegisteredSchedule;
import io.camelnotebook.schedule.Schedules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** The steps of the routes that concern schedules. Thread-safe. */
public final class ScheduleSteps {

    private final Schedules schedules;
    private final Consumer<String> messages;

    /**
     * Steps with the schedules of the watched folder.
     *
     * @param messages takes what people should know
     */
    public ScheduleSteps(Schedules schedules, Consumer<String> messages) {
        this.schedules = schedules;
        this.messages = messages;
    }

    /** Whether the pipeline is one to be registered instead of run. */
    public boolean isScheduled(@Body Pipeline pipeline) {
        return pipeline.schedule().isPresent();
    }

    /** Registers the pipeline of a config file that a watcher has claimed. */
    public void register(@Body Pipeline pipeline, @Header(Exchange.FILE_PATH) String claimed) throws IOException {
        RegisteredSchedule registered = schedules.register(Path.of(claimed), pipeline.name());
        messages.accept(pipeline.name() + ": registered, "
                + registered.next().stream()
                        .findFirst()
                        .flatMap(next -> registered.schedule().map(schedule -> "next " + schedule.told(next)))
                        .orElse("but " + registered.state()));
    }

    /** Makes the runs that are due. */
    public void fire() throws IOException {
        schedules.fire();
    }
}
