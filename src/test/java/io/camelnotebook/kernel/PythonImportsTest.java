package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PythonImportsTest {

    @Test
    void importsAtTheBeginningOfALineAreRead() {
        assertThat(PythonImports.of(List.of("""
                        import pandas as pd, numpy
                        import matplotlib.pyplot as plt  # plots
                        from sklearn.linear_model import (
                            Ridge)
                        import os; import sys
                        """)))
                .containsExactlyInAnyOrder("pandas", "numpy", "matplotlib.pyplot", "sklearn.linear_model", "os");
    }

    @Test
    void whatMayNotBeImportedAfterAllIsLeftToTheNotebook() {
        assertThat(PythonImports.of(List.of("if gpu:\n    import torch", "try: import cupy\nexcept: pass")))
                .isEmpty();
    }

    @Test
    void cellsOfOtherLanguagesAndRelativeImportsAreNotRead() {
        assertThat(PythonImports.of(List.of("%%bash\nimport x.png", "from . import mine", "important = 1\nfrom_ = 2")))
                .isEmpty();
    }

    @Test
    void theMagicThatLoadsMatplotlibIsAnImport() {
        assertThat(PythonImports.of(List.of("%matplotlib inline"))).containsExactly("matplotlib.pyplot");
    }
}
