package io.camelnotebook.execution;

import io.camelnotebook.kernel.KernelNotFoundException;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.PrivateEnvironmentException;
import io.camelnotebook.notebook.ErrorMarkers;
import io.camelnotebook.notebook.Notebook;
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
        return of(request, RequestedNotebook.read(request.notebook()));
    }

    /** The same for a notebook that is in no file. */
    PreparedNotebook of(ExecutionRequest request, byte[] document) throws PreparationException {
        return of(request, RequestedNotebook.read(request.notebook(), document));
    }

    private PreparedNotebook of(ExecutionRequest request, Notebook notebook) throws PreparationException {
        notebook.upgradeMinorVersion();
        KernelSpec spec = kernel(request, notebook);
        List<String> warnings = parameterization.apply(notebook, request, spec);
        ErrorMarkers.remove(notebook);
        return new PreparedNotebook(request, notebook, spec, warnings);
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
