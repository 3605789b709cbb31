package io.camelnotebook.execution;

import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.parameters.ParameterException;
import io.camelnotebook.notebook.parameters.ParameterLanguage;
import io.camelnotebook.notebook.parameters.ParametersCell;
import java.util.ArrayList;
import java.util.List;

/** Gives a notebook the parameters of a request, in the language of its kernel. */
final class Parameterization {

    private Parameterization() {}

    /** Changes the notebook; gives warnings for the user. */
    static List<String> apply(Notebook notebook, ExecutionRequest request, KernelSpec spec)
            throws PreparationException {
        List<String> warnings = new ArrayList<>();
        try {
            if (request.parameters().isEmpty()) {
                ParametersCell.removeInjected(notebook);
                return warnings;
            }
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

    private static ParameterLanguage language(Notebook notebook, KernelSpec spec) {
        String language = spec.language().isEmpty() ? notebook.language().orElse("") : spec.language();
        return ParameterLanguage.of(spec.name(), language);
    }
}
