package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalInt;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

    private static final long MANY = 1_000_000_000;

    private final ChunkSize size = new ChunkSize(OptionalInt.empty(), 3);

    @Test
    void theFirstChunkIsOneItem() {
        assertThat(size.next(MANY)).isEqualTo(1);
    }

    @Test
    void aNumberThatIsGivenIsTheNumber() {
        ChunkSize given = new ChunkSize(OptionalInt.of(500), 3);
        given.measured(500, 100);

        assertThat(given.next(MANY)).isEqualTo(500);
        assertThat(given.limit()).isEmpty();
    }

    @Test
    void slowItemsStayAlone() {
        size.measured(1, 10);

        assertThat(size.next(MANY)).isEqualTo(1);
        assertThat(size.limit()).contains(Duration.ofSeconds(3));
    }

    @Test
    void fastItemsGrowStepByStepToAboutASecondAndAHalf() {
        int rounds = 0;
        for (int items = size.next(MANY); items < 100_000; items = size.next(MANY)) {
            size.measured(items, items * 1e-5);
            assertThat(size.next(MANY)).isLessThanOrEqualTo(items * 16);
            assertThat(++rounds).isLessThan(10);
        }
        size.measured(size.next(MANY), size.next(MANY) * 1e-5);
        assertThat(size.next(MANY)).isCloseTo(150_000, Percentage.withPercentage(1));
    }

    @Test
    void itemsThatTakeNoTimeAtAllGrowNoFurtherThanAMillion() {
        for (int i = 0; i < 20; i++) {
            size.measured(size.next(MANY), 0);
        }
        assertThat(size.next(MANY)).isEqualTo(1_000_000);
    }

    @Test
    void theLastItemsAreSharedButNotForLessThanATenthOfASecond() {
        size.measured(100_000, 1);

        assertThat(size.next(300_000)).isEqualTo(100_000);
        assertThat(size.next(60_000)).isEqualTo(20_000);
        assertThat(size.next(300)).isEqualTo(10_000);
    }

    @Test
    void itemsThatBecomeSlowerMakeSmallerChunks() {
        size.measured(100, 1);
        int before = size.next(MANY);
        size.measured(before, before * 1.0);

        assertThat(size.next(MANY)).isCloseTo(2, within(1));
    }
}
