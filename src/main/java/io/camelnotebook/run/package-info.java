/**
 * One execution of a pipeline: which jobs are ready, how they ended, and the ledger that keeps it.
 */
@NullMarked
package io.camelnotebook.run;

import org.jspecify.annotations.NullMarked;
