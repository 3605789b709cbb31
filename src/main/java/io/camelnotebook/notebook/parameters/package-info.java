/**
 * Parameters of notebooks: the cell that sets them, and values and names in the languages of kernels.
 */
@NullMarked
package io.camelnotebook.notebook.parameters;

import org.jspecify.annotations.NullMarked;
