package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobGraphTest {

    @Test
    void ordersJobsAfterTheirNeedsAndElseAsInTheFile() {
        assertThat(graph("d:b,c", "b:a", "c:a", "e:", "a:").order()).containsExactly("e", "a", "b", "c", "d");
    }

    @Test
    void knowsTheLongestWayThatIsLeft() {
        JobGraph graph = graph("a:", "b:a", "c:b", "d:a", "e:");

        assertThat(graph.longestRemaining("a")).isEqualTo(3);
        assertThat(graph.longestRemaining("b")).isEqualTo(2);
        assertThat(graph.longestRemaining("d")).isEqualTo(1);
        assertThat(graph.longestRemaining("e")).isEqualTo(1);
    }

    @Test
    void knowsNeedsInBothDirectionsAndByWayOfOthers() {
        JobGraph graph = graph("a:", "b:a", "c:b");

        assertThat(graph.needs("c")).containsExactly("b");
        assertThat(graph.neededBy("a")).containsExactly("b");
        assertThat(graph.needs("c", "a")).isTrue();
        assertThat(graph.needs("a", "c")).isFalse();
        assertThat(graph.needs("a", "a")).isFalse();
    }

    @Test
    void findsACircleWithoutTheJobsThatOnlyLeadToIt() {
        assertThat(graph("x:a", "a:b", "b:c", "c:a", "y:").cycle()).contains(List.of("a", "b", "c", "a"));
        assertThat(graph("a:a").cycle()).contains(List.of("a", "a"));
        assertThat(graph("a:", "b:a").cycle()).isEmpty();
    }

    @Test
    void jobsNeededTwiceOrUnknownCountOnceOrNot() {
        assertThat(graph("b:a,a,zz", "a:").order()).containsExactly("a", "b");
    }

    @Test
    void aVeryLongChainIsNoDifferent() {
        Map<String, List<String>> chain = new LinkedHashMap<>();
        for (int i = 20_000; i > 0; i--) {
            chain.put("j" + i, List.of("j" + (i - 1)));
        }
        chain.put("j0", List.of());
        JobGraph graph = new JobGraph(chain);

        assertThat(graph.order()).startsWith("j0", "j1").hasSize(20_001);
        assertThat(graph.longestRemaining("j0")).isEqualTo(20_001);
        assertThat(graph.needs("j20000", "j0")).isTrue();
    }

    private static JobGraph graph(String... jobs) {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        for (String job : jobs) {
            int colon = job.indexOf(':');
            String names = job.substring(colon + 1);
            needs.put(job.substring(0, colon), names.isEmpty() ? List.of() : List.of(names.split(",")));
        }
        return new JobGraph(needs);
    }
}
