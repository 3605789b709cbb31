package io.camelnotebook.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.camelnotebook.pipeline.MapSpec;
import io.camelnotebook.pipeline.OnItemError;
import org.jspecify.annotations.Nullable;

/**
 * The function of its notebook that a job calls for each of many items.
 *
 * @param function its name, perhaps with dots in it
 * @param unpack whether a list is its positional arguments, and a map its named ones
 * @param stop whether the first item that fails is the last one
 * @param chunk the items of this message; null if it is that of the notebook itself, which defines the function
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MapCall(
        String function,
        boolean unpack,
        boolean stop,
        @Nullable Chunk chunk) {

    /**
     * Some of the items, one after the other.
     *
     * @param number which chunk of the job it is, from 1
     * @param attempt which try of the chunk this is, from 1
     * @param first the number of its first item among all of the job, from 0
     * @param items how many there are, from 1
     * @param lines where they are, if they are lines of a file
     * @param range what they are, if they are numbers
     * @param results the path of the file for the results
     * @param limitMillis after how long a kernel gives back those that are left; null if it does all of them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Chunk(
            int number,
            int attempt,
            long first,
            int items,
            @Nullable Lines lines,
            @Nullable Range range,
            String results,
            @Nullable Long limitMillis) {}

    /** The bytes of a file of JSON lines that hold the items of a chunk. */
    public record Lines(String file, long from, long to) {}

    /** Decimal numbers, as text; those of {@code items} that are {@code whole} reach Python as int, else as float. */
    public record Range(String start, String step, int items, boolean whole) {}

    static MapCall of(MapSpec map) {
        return new MapCall(map.function(), map.unpack(), map.onError() == OnItemError.STOP, null);
    }

    MapCall with(Chunk some) {
        return new MapCall(function, unpack, stop, some);
    }
}
