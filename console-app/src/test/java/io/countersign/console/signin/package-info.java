/// Tests of signing in.
@NullMarked
package io.countersign.console.signin;

import org.jspecify.annotations.NullMarked;
