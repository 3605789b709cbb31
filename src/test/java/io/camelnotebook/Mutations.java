package io.camelnotebook;

import java.util.Arrays;
import java.util.Random;

/** Changes bytes as accidents do: flipped, replaced, cut off, cut out, repeated, or spliced in from elsewhere. */
public final class Mutations {

    private final Random random;

    public Mutations(Random random) {
        this.random = random;
    }

    /** A changed copy of the bytes; {@code other} is where foreign pieces come from. */
    public byte[] change(byte[] bytes, byte[] other) {
        int[] cut = {random.nextInt(bytes.length + 1), random.nextInt(bytes.length + 1)};
        Arrays.sort(cut);
        return switch (random.nextInt(7)) {
            case 0 -> flipped(bytes, 1);
            case 1 -> flipped(bytes, 1 + random.nextInt(8));
            case 2 -> replaced(bytes);
            case 3 -> Arrays.copyOf(bytes, cut[0]);
            case 4 -> joined(Arrays.copyOf(bytes, cut[0]), Arrays.copyOfRange(bytes, cut[1], bytes.length));
            case 5 -> joined(Arrays.copyOf(bytes, cut[1]), Arrays.copyOfRange(bytes, cut[0], bytes.length));
            default ->
                joined(
                        Arrays.copyOf(bytes, cut[0]),
                        Arrays.copyOfRange(other, Math.min(cut[0], other.length), other.length));
        };
    }

    private byte[] flipped(byte[] bytes, int times) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < times && changed.length > 0; i++) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private byte[] replaced(byte[] bytes) {
        byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] =
                    (byte) "0123456789[]{},:\"\\ \nenult-+.".charAt(random.nextInt(27));
        }
        return changed;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
