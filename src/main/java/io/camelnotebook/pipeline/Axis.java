package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;

/** One axis of a matrix: the values one name takes. */
sealed interface Axis permits FiniteAxis, Distribution, Choice {

    /** A value by chance. */
    JsonNode draw(Random random);
}
