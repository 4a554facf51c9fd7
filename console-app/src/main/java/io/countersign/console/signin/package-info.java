/// Sign in: which server, who, and what went wrong. Uses ui and client.
@NullMarked
package io.countersign.console.signin;

import org.jspecify.annotations.NullMarked;
