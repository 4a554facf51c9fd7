/// Tests of formats and forms.
@NullMarked
package io.countersign.console.ui;

import org.jspecify.annotations.NullMarked;
