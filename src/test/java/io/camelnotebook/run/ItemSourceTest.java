package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.pipeline.MapItems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemSourceTest {

    private final Path folder;

    ItemSourceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("items.jsonl"), content);
    }

    private static ItemRange range(long items, long next) {
        return new ItemRange(new MapItems.Numbers(BigDecimal.ZERO, BigDecimal.ONE, items, true), next);
    }

    private static List<Slice> all(ItemSource source, int most) throws IOException {
        List<Slice> slices = new ArrayList<>();
        for (Optional<Slice> next = source.next(most); next.isPresent(); next = source.next(most)) {
            slices.add(next.get());
        }
        return slices;
    }

    @Test
    void linesAreCutIntoSlicesThatFollowEachOther() throws IOException {
        try (ItemSource lines = new ItemLines(file("1\n22\n\n \r\n333\n4"), 0, 0)) {
            assertThat(all(lines, 2)).containsExactly(new Slice(0, 2, 0, 5), new Slice(2, 2, 5, 14));
        }
    }

    @Test
    void whetherThereAreMoreIsKnownWithoutTakingThem() throws IOException {
        try (ItemSource lines = new ItemLines(file("1\n \n  2\n\n \n"), 0, 0)) {
            assertThat(lines.hasNext()).isTrue();
            assertThat(lines.next(1)).contains(new Slice(0, 1, 0, 2));
            assertThat(lines.size()).isEmpty();
            assertThat(lines.hasNext()).isTrue();
            assertThat(lines.next(1)).contains(new Slice(1, 1, 6, 8));
            assertThat(lines.hasNext()).isFalse();
            assertThat(lines.size()).hasValue(2);
        }
    }

    @Test
    void howManyAreLeftIsKnownByAndLarge() throws IOException {
        try (ItemSource lines = new ItemLines(file("12345\n".repeat(100)), 0, 0)) {
            assertThat(lines.left()).isEqualTo(Long.MAX_VALUE);
            lines.next(40);
            assertThat(lines.left()).isEqualTo(60);
        }
        assertThat(range(9, 4).left()).isEqualTo(5);
    }

    @Test
    void theFirstItemsOfASliceAreASlice() throws IOException {
        try (ItemSource lines = new ItemLines(file("1\n\n22\n333\n4\n"), 0, 0)) {
            Slice slice = lines.next(4).orElseThrow();

            assertThat(lines.firstOf(slice, 2)).isEqualTo(new Slice(0, 2, 0, 6));
            assertThat(lines.firstOf(slice.after(2, 6), 1)).isEqualTo(new Slice(2, 1, 6, 10));
        }
        assertThat(range(9, 0).firstOf(new Slice(2, 4, 2, 6), 3)).isEqualTo(new Slice(2, 3, 2, 5));
    }

    @Test
    void anEmptyFileAndOneOfBlankLinesHaveNoItems() throws IOException {
        for (String content : List.of("", "\n", " \n\t\r\n\f", "\uFEFF", "\uFEFF\n")) {
            try (ItemSource lines = new ItemLines(file(content), 0, 0)) {
                assertThat(lines.next(5)).as(content).isEmpty();
            }
        }
    }

    @Test
    void theMarkOfUtf8IsNoPartOfTheFirstItem() throws IOException {
        try (ItemSource lines = new ItemLines(file("\uFEFF1\n2\n"), 0, 0)) {
            assertThat(lines.next(1)).contains(new Slice(0, 1, 3, 5));
        }
    }

    @Test
    void itGoesOnWhereItWas() throws IOException {
        try (ItemSource lines = new ItemLines(file("1\n22\n333\n"), 1, 2)) {
            assertThat(lines.next(1)).contains(new Slice(1, 1, 2, 5));
        }
    }

    @Test
    void whateverTheSlicesTheyAreTogetherAllLinesInTheirOrder() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            StringBuilder content = new StringBuilder();
            List<String> items = new ArrayList<>();
            for (int i = random.nextInt(2000); i > 0; i--) {
                String item = "\"ü€😀\u2028\u0085".repeat(random.nextInt(40)) + i;
                content.append(item).append(random.nextInt(9) == 0 ? "\r\n  \n" : "\n");
                items.add(item);
            }
            byte[] bytes = content.toString().getBytes(StandardCharsets.UTF_8);
            List<String> read = new ArrayList<>();
            try (ItemSource lines = new ItemLines(file(content.toString()), 0, 0)) {
                Optional<Slice> slice = lines.next(1 + random.nextInt(300));
                while (slice.isPresent()) {
                    Slice part = slice.get();
                    assertThat(part.first()).isEqualTo(read.size());
                    String text = new String(
                            bytes, (int) part.from(), (int) (part.to() - part.from()), StandardCharsets.UTF_8);
                    List<String> inIt = Arrays.stream(text.split("\n"))
                            .map(line -> line.replace("\r", ""))
                            .filter(line -> !line.isBlank())
                            .toList();
                    assertThat(inIt).hasSize(part.items());
                    read.addAll(inIt);
                    slice = lines.next(1 + random.nextInt(300));
                }
            }
            assertThat(read).isEqualTo(items);
        }
    }

    @Test
    void aRangeIsCutWithoutReadingAnything() throws IOException {
        assertThat(all(range(5, 0), 2))
                .containsExactly(new Slice(0, 2, 0, 2), new Slice(2, 2, 2, 4), new Slice(4, 1, 4, 5));
        assertThat(all(range(0, 0), 2)).isEmpty();
        assertThat(range(Long.MAX_VALUE, Long.MAX_VALUE - 1).next(9))
                .contains(new Slice(Long.MAX_VALUE - 1, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE));
    }

    @Test
    void whatIsLeftOfASliceBeginsWhereItsDoneItemsEnd() {
        assertThat(new Slice(10, 5, 100, 200).after(2, 140)).isEqualTo(new Slice(12, 3, 140, 200));
    }
}
