package io.camelnotebook.examples;

import org.apache.camel.main.KameletMain;

/** What Camel's command line runs routes with, told to download nothing: all that they need is on the class path. */
public final class KameletRuntime {

    private KameletRuntime() {}

    /** Runs a file with routes until it is stopped. */
    public static void main(String[] arguments) throws Exception {
        KameletMain main = new KameletMain("test");
        main.setDownload(false);
        main.configure().withRoutesIncludePattern(arguments[0]);
        main.run();
    }
}
