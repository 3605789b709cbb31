package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.notebook.PythonFloat;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BinaryOperator;

/**
 * A language in which parameters can be given to a notebook: its literals, its assignments, and its rule for names.
 * Immutable.
 */
public abstract sealed class ParameterLanguage
        permits BashLanguage,
                JavaScriptLanguage,
                JuliaLanguage,
                MatlabLanguage,
                PowerShellLanguage,
                PythonLanguage,
                RLanguage,
                RubyLanguage,
                TypedLanguage {

    // Less than what any of the languages' parsers takes; Python's gives up at 200.
    private static final int MAX_DEPTH = 100;

    private final String displayName;
    private final NameRule names;
    private final NonFinite nonFinite;

    ParameterLanguage(String displayName, NameRule names, NonFinite nonFinite) {
        this.displayName = displayName;
        this.names = names;
        this.nonFinite = nonFinite;
    }

    /**
     * The language of a kernel, looked up by the kernel's name first and then by the language's, as papermill does.
     *
     * @throws ParameterException if it is none of those supported, which the message lists
     */
    public static ParameterLanguage of(String kernelName, String language) {
        return ParameterLanguages.find(kernelName, language);
    }

    /** The name of the language as people write it. */
    public final String displayName() {
        return displayName;
    }

    /**
     * The source of a cell that sets the parameters, in the order of the map.
     *
     * @throws ParameterException if a name is no name of a variable, or the language cannot express a value
     */
    public final String cell(Map<String, JsonNode> parameters) {
        checkNames(parameters.keySet());
        StringBuilder source = new StringBuilder(comment("Parameters")).append('\n');
        parameters.forEach(
                (name, value) -> source.append(assignmentOf(name, value)).append('\n'));
        return source.toString();
    }

    /**
     * Checks that every parameter can be the name of a variable.
     *
     * @throws ParameterException if one cannot; the message suggests another name
     */
    public final void checkNames(Collection<String> parameters) {
        for (String name : parameters) {
            String variable = variable(name);
            if (!names.accepts(variable)) {
                throw new ParameterException("Parameter '" + name + "' cannot be a variable in " + displayName
                        + ": expected " + names.expectation(variable) + "; rename it"
                        + names.suggestion(variable)
                                .map(better -> ", for example to '" + better + "'")
                                .orElse(""));
            }
        }
    }

    private String assignmentOf(String name, JsonNode value) {
        try {
            if (isDeeperThan(MAX_DEPTH, value)) {
                throw new InexpressibleValueException("values nested deeper than " + MAX_DEPTH
                        + " levels are not supported; give the path of a file that holds it");
            }
            return assignment(variable(name), value);
        } catch (InexpressibleValueException e) {
            throw new ParameterException(
                    "Parameter '" + name + "' cannot be written in " + displayName + ": " + e.getMessage());
        }
    }

    private static boolean isDeeperThan(int levels, JsonNode value) {
        if (levels == 0) {
            return true;
        }
        for (JsonNode element : value) {
            if (element.isContainerNode() && isDeeperThan(levels - 1, element)) {
                return true;
            }
        }
        return false;
    }

    /** The literal of a value. */
    final String literal(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> nullLiteral();
            case BOOLEAN -> bool(value.booleanValue());
            case NUMBER -> value.isIntegralNumber() ? integer(value.bigIntegerValue()) : real(value.doubleValue());
            case ARRAY -> list(value);
            case OBJECT -> object(value);
            default -> text(value.asText());
        };
    }

    /** The literals of a list's elements. */
    final String elements(JsonNode list, String separator) {
        StringJoiner elements = new StringJoiner(separator);
        list.forEach(element -> elements.add(literal(element)));
        return elements.toString();
    }

    /** An object's fields, each made of the literals of its name and its value. */
    final String fields(JsonNode object, String separator, BinaryOperator<String> field) {
        StringJoiner fields = new StringJoiner(separator);
        object.forEachEntry((name, value) -> fields.add(field.apply(text(name), literal(value))));
        return fields.toString();
    }

    /** The name of the variable that a parameter is given as. */
    String variable(String parameter) {
        return parameter;
    }

    String comment(String text) {
        return "# " + text;
    }

    String assignment(String name, JsonNode value) {
        return name + " = " + literal(value);
    }

    abstract String nullLiteral();

    String bool(boolean value) {
        return String.valueOf(value);
    }

    String integer(BigInteger value) {
        return value.toString();
    }

    String real(double value) {
        return Double.isFinite(value) ? PythonFloat.repr(value) : nonFinite.literal(value);
    }

    abstract String text(String value);

    abstract String list(JsonNode list);

    abstract String object(JsonNode object);
}
