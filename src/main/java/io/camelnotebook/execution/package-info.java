/**
 * A notebook on a kernel: its cells in order, their outputs, timeouts and what is said about it while it runs.
 */
@NullMarked
package io.camelnotebook.execution;

import org.jspecify.annotations.NullMarked;
