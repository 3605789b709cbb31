/**
 * Pages for people: a run as one HTML file.
 */
@NullMarked
package io.camelnotebook.report;

import org.jspecify.annotations.NullMarked;
