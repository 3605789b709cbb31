package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Values for some axes of a matrix, which match the combinations that have them. */
final class PartialCombination {

    private record Allowed(int axis, BitSet digits) {}

    private final List<Allowed> allowed = new ArrayList<>();

    /** @param values by name; names that are no axis match everything */
    PartialCombination(Map<String, FiniteAxis> axes, Map<String, JsonNode> values) {
        int position = 0;
        for (Map.Entry<String, FiniteAxis> axis : axes.entrySet()) {
            JsonNode wanted = values.get(axis.getKey());
            if (wanted != null) {
                BitSet digits = new BitSet();
                for (int digit = 0; digit < axis.getValue().size(); digit++) {
                    if (Numbers.same(axis.getValue().value(digit), wanted)) {
                        digits.set(digit);
                    }
                }
                allowed.add(new Allowed(position, digits));
            }
            position++;
        }
    }

    /** @param digits which value of each axis the combination has */
    boolean matches(int[] digits) {
        for (Allowed axis : allowed) {
            if (!axis.digits().get(digits[axis.axis()])) {
                return false;
            }
        }
        return true;
    }
}
