/**
 * What a job leaves and where it goes: the metadata record, the results table and checked destinations.
 */
@NullMarked
package io.camelnotebook.publish;

import org.jspecify.annotations.NullMarked;
