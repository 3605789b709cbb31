/**
 * The way in for configs that come as messages: what is taken of a message, what a config from outside may do, and the
 * file that it becomes before anybody is told that it has arrived.
 */
@NullMarked
package io.camelnotebook.entrance;

import org.jspecify.annotations.NullMarked;
