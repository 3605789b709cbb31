package io.camelnotebook.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of a run whose chunks are on their way. To be used under the run's lock. */
final class RunMaps {

    private final Map<String, MapJob> maps = new LinkedHashMap<>();

    void add(MapJob map) {
        maps.put(map.job().job(), map);
    }

    void remove(String job) {
        maps.remove(job);
    }

    Optional<MapJob> of(String job) {
        return Optional.ofNullable(maps.get(job));
    }

    boolean isEmpty() {
        return maps.isEmpty();
    }

    /** Takes the next chunks, in turn of all jobs. */
    List<JobMessage> take(int most) {
        List<JobMessage> taken = new ArrayList<>();
        for (int before = -1; before < taken.size() && taken.size() < most; ) {
            before = taken.size();
            for (MapJob map : maps.values()) {
                if (taken.size() < most) {
                    map.take().ifPresent(taken::add);
                }
            }
        }
        return taken;
    }

    List<MapJob> all() {
        return List.copyOf(maps.values());
    }
}
