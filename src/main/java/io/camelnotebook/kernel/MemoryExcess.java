package io.camelnotebook.kernel;

import java.util.Locale;

/**
 * Why a kernel was killed: it had more memory than it may have.
 *
 * @param usedBytes what the kernel and its child processes had together when that was noticed
 * @param limitBytes what they may have
 */
public record MemoryExcess(long usedBytes, long limitBytes) {

    private static final double KIB = 1024;

    /** For people: {@code used 2.3 GiB of memory, and may use 2.0 GiB}. */
    public String description() {
        return "used " + amount(usedBytes) + " of memory, and may use " + amount(limitBytes);
    }

    /** An amount for people, such as {@code 1.5 GiB}. */
    public static String amount(long bytes) {
        double mebibytes = bytes / KIB / KIB;
        return mebibytes < KIB
                ? String.format(Locale.ROOT, "%.1f MiB", mebibytes)
                : String.format(Locale.ROOT, "%.1f GiB", mebibytes / KIB);
    }
}
