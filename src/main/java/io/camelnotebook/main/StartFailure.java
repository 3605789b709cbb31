package io.camelnotebook.main;

import io.camelnotebook.run.Secrets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.util.StringHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why Camel did not start: a route or a setting of a component is wrong. Which one and why is for the user; where in Camel it was
 * found is not, nor is the value of a setting, which may be a password.
 */
final class StartFailure {

    private static final Logger LOG = LoggerFactory.getLogger(StartFailure.class);

    private StartFailure() {}

    /** What to tell the user of it. */
    static UsageException of(RuntimeException error) {
        LOG.debug("The engine was not started", error);
        List<Throwable> chain = new ArrayList<>();
        for (Throwable one = error; one != null && !chain.contains(one); one = one.getCause()) {
            chain.add(one);
        }
        return new UsageException("the engine cannot be started: "
                + chain.stream()
                        .filter(PropertyBindingException.class::isInstance)
                        .map(PropertyBindingException.class::cast)
                        .findFirst()
                        .map(StartFailure::setting)
                        .orElseGet(() -> Secrets.redact(reason(error, chain.get(chain.size() - 1)))));
    }

    private static String setting(PropertyBindingException error) {
        return "the setting " + error.getOptionPrefix()
                + StringHelper.camelCaseToDash(error.getOptionKey())
                + " is not known, or its value cannot be used; see Camel's documentation of the component";
    }

    private static String reason(Throwable error, Throwable root) {
        String what = String.valueOf(error.getMessage());
        String why = String.valueOf(root.getMessage());
        return what.contains(why) ? what : what + ": " + why;
    }
}
