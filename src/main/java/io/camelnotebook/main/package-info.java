/**
 * The command line.
 */
@NullMarked
package io.camelnotebook.main;

import org.jspecify.annotations.NullMarked;
