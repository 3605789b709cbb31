package io.camelnotebook.component;

import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Whether the component can execute notebooks, as far as the kernels tell that it has started anyway: the check starts none.
 * It is about readiness only, as a restart of the application would end notebooks that run, and mend no kernel.
 */
final class NotebookHealthCheck implements HealthCheck {

    static final String ID = "notebook";

    private final NotebookComponent component;
    private final KernelStarts starts;
    private volatile boolean enabled = true;

    NotebookHealthCheck(NotebookComponent component, KernelStarts starts) {
        this.component = component;
        this.starts = starts;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this)
                .detail(CHECK_ID, ID)
                .detail(CHECK_GROUP, getGroup())
                .detail(CHECK_KIND, Kind.READINESS);
        if (!enabled) {
            return result.unknown().message("Disabled").build();
        }
        if (!component.isStarted()) {
            return result.unknown()
                    .message("the notebook component is not started")
                    .build();
        }
        List<KernelStarts.Failure> failures = starts.failures();
        result.detail("kernel.start.failures", failures.size());
        if (!failures.isEmpty()) {
            KernelStarts.Failure failure = failures.get(failures.size() - 1);
            result.detail("kernel.start.failure.kernel", failure.kernel());
            result.detail("kernel.start.failure.time", failure.time().toString());
            result.detail("kernel.start.failure.reason", failure.reason());
        }
        if (starts.areFailing()) {
            return result.down()
                    .message("none of the last " + KernelStarts.KEPT + " kernels started; the last one: "
                            + failures.get(failures.size() - 1).summary())
                    .build();
        }
        return result.up().build();
    }
}
