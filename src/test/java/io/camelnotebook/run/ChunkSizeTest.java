package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalInt;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

    private final ChunkSize size = new ChunkSize(OptionalInt.empty());

    @Test
    void theFirstChunkIsOneItem() {
        assertThat(size.next()).isEqualTo(1);
    }

    @Test
    void aNumberThatIsGivenIsTheNumber() {
        ChunkSize given = new ChunkSize(OptionalInt.of(500));
        given.measured(500, 100);

        assertThat(given.next()).isEqualTo(500);
        assertThat(given.limit()).isEmpty();
    }

    @Test
    void slowItemsStayAlone() {
        size.measured(1, 10);

        assertThat(size.next()).isEqualTo(1);
        assertThat(size.limit()).contains(Duration.ofSeconds(3));
    }

    @Test
    void fastItemsGrowStepByStepToAboutASecondAndAHalf() {
        int rounds = 0;
        for (int items = size.next(); items < 100_000; items = size.next()) {
            size.measured(items, items * 1e-5);
            assertThat(size.next()).isLessThanOrEqualTo(items * 16);
            assertThat(++rounds).isLessThan(10);
        }
        size.measured(size.next(), size.next() * 1e-5);
        assertThat(size.next()).isCloseTo(150_000, Percentage.withPercentage(1));
    }

    @Test
    void itemsThatTakeNoTimeAtAllGrowNoFurtherThanAMillion() {
        for (int i = 0; i < 20; i++) {
            size.measured(size.next(), 0);
        }
        assertThat(size.next()).isEqualTo(1_000_000);
    }

    @Test
    void itemsThatBecomeSlowerMakeSmallerChunks() {
        size.measured(100, 1);
        int before = size.next();
        size.measured(before, before * 1.0);

        assertThat(size.next()).isCloseTo(2, within(1));
    }
}
