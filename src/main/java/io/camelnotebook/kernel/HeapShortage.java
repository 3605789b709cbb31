package io.camelnotebook.kernel;

/** What to tell people when this JVM's heap has no room for what a kernel puts out. */
public final class HeapShortage {

    private HeapShortage() {}

    /** What is short, of how much, and what to do. */
    public static String description() {
        return "the engine's heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB has no room for what the notebook puts out; give it more, such as"
                + " CAMEL_NOTEBOOK_JAVA_OPTS=-Xmx4g, run fewer at a time (-j), or put out less";
    }
}
