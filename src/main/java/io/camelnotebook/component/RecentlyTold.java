package io.camelnotebook.component;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What people were told often enough within a minute, and need not be told again. Of the latest hundred things only. Thread-safe. */
public final class RecentlyTold {

    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final int REMEMBERED = 100;

    /** How often something was told in the minute that began then, in milliseconds since 1970. */
    private record Telling(long since, int times) {}

    private final int often;

    /** The latest last. */
    private final Map<String, Telling> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Telling> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param often how many times a minute */
    public RecentlyTold(int often) {
        this.often = often;
    }

    /** Whether it is to be told now; if so, it counts as told. */
    public synchronized boolean isNews(String what, long millis) {
        Telling before = told.get(what);
        if (before == null || millis - before.since() >= MINUTE) {
            told.remove(what);
            told.put(what, new Telling(millis, 1));
            return true;
        }
        if (before.times() < often) {
            told.put(what, new Telling(before.since(), before.times() + 1));
            return true;
        }
        return false;
    }
}
