/** Pipelines that run by themselves: which there are, what of them has run, and what is due. */
@NullMarked
package io.camelnotebook.schedule;

import org.jspecify.annotations.NullMarked;
