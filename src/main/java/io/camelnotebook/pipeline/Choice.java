package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;

/** One of some values by chance, the same one more than once if chance will: an axis that is never used up. */
record Choice(FiniteAxis.Listed values) implements Axis {

    @Override
    public JsonNode draw(Random random) {
        return values.draw(random);
    }
}
