package io.camelnotebook.execution;

import io.camelnotebook.kernel.DeclaredParameter;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.parameters.ParameterException;
import io.camelnotebook.notebook.parameters.ParameterLanguage;
import io.camelnotebook.notebook.parameters.ParametersCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives notebooks the parameters of their requests, in the language of their kernels. */
final class Parameterization {

    private final LocalKernels kernels;

    Parameterization(LocalKernels kernels) {
        this.kernels = kernels;
    }

    /** Changes the notebook; gives warnings for the user. */
    List<String> apply(Notebook notebook, ExecutionRequest request, KernelSpec kernel) throws PreparationException {
        KernelSpec spec = request.language().map(kernel::withLanguage).orElse(kernel);
        List<String> warnings = new ArrayList<>();
        try {
            if (request.parameters().isEmpty()) {
                ParametersCell.removeInjected(notebook);
                return warnings;
            }
            checkDeclared(notebook, request, spec, warnings);
            ParametersCell.Placement placement =
                    ParametersCell.inject(notebook, language(notebook, spec), request.parameters());
            if (placement == ParametersCell.Placement.TOP) {
                warnings.add(request.notebook()
                        + ": no cell is tagged 'parameters', so the parameters were set at the top of the notebook");
            }
        } catch (ParameterException e) {
            throw new PreparationException(request.notebook(), "parameters", String.valueOf(e.getMessage()), e);
        }
        return warnings;
    }

    /** A parameter that no cell declares is mostly a mistyped one: its value would be used by nobody. */
    private void checkDeclared(Notebook notebook, ExecutionRequest request, KernelSpec spec, List<String> warnings)
            throws PreparationException {
        Optional<Cell> cell = notebook.cells().stream()
                .filter(candidate -> candidate.tags().contains(ParametersCell.DECLARED))
                .findFirst();
        if (cell.isEmpty()) {
            if (request.strictParameters()) {
                throw strict(request, "no cell of the notebook is tagged 'parameters'");
            }
            return;
        }
        Optional<List<String>> declared = kernels.declaredParameters(
                        spec, cell.get().source())
                .map(parameters ->
                        parameters.stream().map(DeclaredParameter::name).toList());
        if (declared.isEmpty() && request.strictParameters()) {
            throw strict(
                    request, "what its parameters cell declares cannot be told: it is no Python that can be parsed");
        }
        for (String name : request.parameters().keySet()) {
            if (declared.isPresent() && !declared.get().contains(name)) {
                String unknown = "the parameters cell has no parameter '" + name + "', "
                        + (declared.get().isEmpty() ? "nor any other" : "only: " + String.join(", ", declared.get()));
                if (request.strictParameters()) {
                    throw strict(request, unknown);
                }
                warnings.add(request.notebook() + ": " + unknown);
            }
        }
    }

    private static PreparationException strict(ExecutionRequest request, String problem) {
        return new PreparationException(request.notebook(), "parameters", problem + " (strict_parameters)", null);
    }

    private static ParameterLanguage language(Notebook notebook, KernelSpec spec) {
        String language = spec.language().isEmpty() ? notebook.language().orElse("") : spec.language();
        return ParameterLanguage.of(spec.name(), language);
    }
}
