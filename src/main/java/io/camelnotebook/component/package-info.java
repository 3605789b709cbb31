/**
 * What Camel sees: the {@code notebook} component and the steps that the routes in {@code routes/} call.
 */
@NullMarked
package io.camelnotebook.component;

import org.jspecify.annotations.NullMarked;
