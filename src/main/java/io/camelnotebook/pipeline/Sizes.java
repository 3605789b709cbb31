package io.camelnotebook.pipeline;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of memory as people write them: {@code 2GiB}, {@code 500 MB}, or a number of bytes. */
public final class Sizes {

    /** For messages: what is understood. */
    public static final String EXAMPLES = "such as 2GiB, 500MB or a number of bytes";

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([kmgt]i?b|b)?");
    private static final List<String> PREFIXES = List.of("k", "m", "g", "t");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Sizes() {}

    /** The number of bytes; empty when the text is no amount. MB and the like are powers of 1000, MiB of 1024. */
    public static OptionalLong parse(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            return OptionalLong.empty();
        }
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(unit(size.group(2)));
        return bytes.compareTo(MOST) > 0 ? OptionalLong.empty() : OptionalLong.of(bytes.longValue());
    }

    private static BigDecimal unit(@Nullable String unit) {
        if (unit == null || unit.equals("b")) {
            return BigDecimal.ONE;
        }
        int power = PREFIXES.indexOf(unit.substring(0, 1)) + 1;
        return BigDecimal.valueOf(unit.length() == 3 ? 1024 : 1000).pow(power);
    }
}
