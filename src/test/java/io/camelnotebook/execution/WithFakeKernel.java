package io.camelnotebook.execution;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of which each has an engine with a fake kernel, in a folder of its own. */
abstract class WithFakeKernel {

    FakeKernel fake;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        fake = new FakeKernel(folder);
    }

    @AfterEach
    void close() {
        fake.close();
    }
}
