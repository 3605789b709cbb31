/**
 * Notebook documents of nbformat 4, and of 2 and 3 that become such: reading, writing atomically, the parameters cell, and literals in the
 * languages of kernels. Knows nothing of kernels or of Camel.
 */
@NullMarked
package io.camelnotebook.notebook;

import org.jspecify.annotations.NullMarked;
