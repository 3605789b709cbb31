package io.camelnotebook.run;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The JSON of messages between the steps of a run, and of the ledger: what Python writes and reads. NaN and infinities are
 * {@code NaN}, {@code Infinity} and {@code -Infinity}, so that they come back as the numbers that they are.
 */
public final class MessageJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private MessageJson() {}

    /** The mapper, which is thread-safe and not to be configured any further. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }
}
