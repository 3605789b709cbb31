package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.camelnotebook.Mutations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Damaged documents: each is refused as such, or else it is one that nbformat reads too, and with the same content. So
 * nothing that was lost or changed is passed over which nbformat would have told of.
 */
class MutatedDocumentsIT {

    private static final int BATCHES = 40;
    private static final int TRIES_A_BATCH = 250;
    private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

    @Test
    void aDamagedDocumentIsRefusedOrReadAsNbformatReadsIt() throws Exception {
        RandomDocuments documents = new RandomDocuments(4711);
        Random random = new Random(4711);
        Mutations mutations = new Mutations(random);
        List<byte[]> accepted = new ArrayList<>();
        List<String> ours = new ArrayList<>();

        for (int batch = 0; batch < BATCHES; batch++) {
            byte[] document = document(documents, random);
            byte[] other = document(documents, random);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                for (int i = 0; i < TRIES_A_BATCH; i++) {
                    byte[] damaged = mutations.change(document, other);
                    rewritten(damaged).ifPresent(written -> {
                        accepted.add(damaged);
                        ours.add(written);
                    });
                }
            });
        }

        assertThat(accepted).hasSizeBetween(BATCHES * TRIES_A_BATCH / 20, BATCHES * TRIES_A_BATCH * 9 / 10);
        List<String> theirs = Nbformat.rewrite(accepted);
        for (int i = 0; i < accepted.size(); i++) {
            String damaged = new String(accepted.get(i), UTF_8);
            assertThat(theirs.get(i)).as("nbformat on %s", damaged).isNotNull();
            assertThat(comparable(ours.get(i))).as(damaged).isEqualTo(comparable(theirs.get(i)));
        }
    }

    private static byte[] document(RandomDocuments documents, Random random) {
        String json = switch (random.nextInt(4)) {
            case 0 -> documents.version4(4);
            case 1 -> documents.version4(99);
            case 2 -> documents.old(3);
            default -> documents.version4(5);
        };
        return json.getBytes(UTF_8);
    }

    /** What we write of a document, unless it is refused; any other exception is a failure. */
    private static Optional<String> rewritten(byte[] document) throws IOException {
        try {
            return Optional.of(new String(NotebookWriter.toBytes(NotebookReader.read(document, "damaged")), UTF_8));
        } catch (NotebookFormatException e) {
            assertThat(e).hasMessageStartingWith("damaged");
            return Optional.empty();
        }
    }

    /** Without the ids that are made up, and with what nbformat could not write to a file as we do: as an escape. */
    private static String comparable(String document) {
        return UNPAIRED_SURROGATE
                .matcher(document.replaceAll("\n   \"id\": \"[0-9a-f]{8}\"", "\n   \"id\": \"random\""))
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }
}
