package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/**
 * The compiled values of a job that the kernel is given, and the paths of its files.
 *
 * @param env environment variables, as values that are not containers
 * @param inputs paths and globs, as texts
 * @param outputs paths and globs by name, as texts
 * @param over what a function of the notebook is called for
 */
record JobValues(
        ObjectNode parameters,
        ObjectNode env,
        Optional<JsonNode> cwd,
        ArrayNode inputs,
        ObjectNode outputs,
        Optional<JsonNode> over) {

    /** @throws ExpressionException when an expression has no value */
    JobValues evaluate(Function<Reference, Optional<JsonNode>> source) {
        Evaluation evaluation = new Evaluation(parameters, source);
        return new JobValues(
                evaluation.parameters(),
                (ObjectNode) evaluation.value(env),
                cwd.map(evaluation::value),
                (ArrayNode) evaluation.value(inputs),
                (ObjectNode) evaluation.value(outputs),
                over.map(evaluation::value));
    }

    JobValues withParameters(ObjectNode others) {
        return new JobValues(others, env, cwd, inputs, outputs, over);
    }

    boolean isPending() {
        return Expressions.isPending(parameters) || isPendingOutsideParameters();
    }

    /** Whether variables, paths or items have expressions. */
    boolean isPendingOutsideParameters() {
        return Expressions.isPending(env)
                || Expressions.isPending(inputs)
                || Expressions.isPending(outputs)
                || cwd.filter(Expressions::isPending).isPresent()
                || over.filter(Expressions::isPending).isPresent();
    }
}
