/**
 * The Jupyter messaging protocol and kernel processes: kernelspecs, starting, channels, messages, interrupting.
 * Knows nothing of notebooks or of Camel.
 */
@NullMarked
package io.camelnotebook.kernel;

import org.jspecify.annotations.NullMarked;
