/**
 * From a config file to a pipeline and its jobs: reading with places for errors, the matrix, needs and
 * expressions.
 */
@NullMarked
package io.camelnotebook.pipeline;

import org.jspecify.annotations.NullMarked;
