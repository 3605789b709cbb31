package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/**
 * The compiled values of a job that the kernel is given.
 *
 * @param env environment variables, as values that are not containers
 */
record JobValues(ObjectNode parameters, ObjectNode env, Optional<JsonNode> cwd) {

    /** @throws ExpressionException when an expression has no value */
    JobValues evaluate(Function<Reference, Optional<JsonNode>> source) {
        Evaluation evaluation = new Evaluation(parameters, source);
        return new JobValues(evaluation.parameters(), (ObjectNode) evaluation.value(env), cwd.map(evaluation::value));
    }

    boolean isPending() {
        return Expressions.isPending(parameters)
                || Expressions.isPending(env)
                || cwd.filter(Expressions::isPending).isPresent();
    }
}
