/**
 * Path templates with the meaning of Python's {@code str.format}, as papermill's users write them.
 */
@NullMarked
package io.camelnotebook.main.template;

import org.jspecify.annotations.NullMarked;
