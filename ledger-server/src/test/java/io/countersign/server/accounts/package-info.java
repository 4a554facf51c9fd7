@NullMarked
package io.countersign.server.accounts;

import org.jspecify.annotations.NullMarked;
