package io.camelnotebook.execution;

import io.camelnotebook.kernel.KernelNotFoundException;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.PrivateEnvironmentException;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.ErrorMarkers;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.NotebookFormatException;
import io.camelnotebook.notebook.NotebookReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What comes before a kernel is started: the notebook is read, its kernel found, and its parameters are set. */
final class Preparation {

    private final LocalKernels kernels;
    private final Parameterization parameterization;

    Preparation(LocalKernels kernels) {
        this.kernels = kernels;
        parameterization = new Parameterization(kernels);
    }

    PreparedNotebook of(ExecutionRequest request) throws PreparationException {
        Notebook notebook = read(request.notebook());
        notebook.upgradeMinorVersion();
        KernelSpec spec = kernel(request, notebook);
        List<String> warnings = parameterization.apply(notebook, request, spec);
        ErrorMarkers.remove(notebook);
        notebook.cells().forEach(Cell::clearOutputs);
        return new PreparedNotebook(request, notebook, spec, warnings);
    }

    private static Notebook read(Path file) throws PreparationException {
        try {
            return NotebookReader.read(file);
        } catch (NoSuchFileException e) {
            throw new PreparationException(file, "notebook", "there is no such notebook", e);
        } catch (NotebookFormatException e) {
            throw new PreparationException(file, "notebook", String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PreparationException(file, "notebook", "the notebook cannot be read: " + e, e);
        }
    }

    private KernelSpec kernel(ExecutionRequest request, Notebook notebook) throws PreparationException {
        Optional<String> name =
                request.kernel().filter(given -> !given.isEmpty()).or(notebook::kernelName);
        if (name.isEmpty()) {
            throw new PreparationException(
                    request.notebook(),
                    "kernel",
                    "the notebook does not name a kernel (metadata.kernelspec.name); say which one with 'kernel: NAME'"
                            + " in the config, or with -k NAME",
                    null);
        }
        try {
            return kernels.specs().require(name.get());
        } catch (KernelNotFoundException | PrivateEnvironmentException e) {
            throw new PreparationException(request.notebook(), "kernel", String.valueOf(e.getMessage()), e);
        }
    }
}
