@NullMarked
package io.countersign.planted.modules.right;

import org.jspecify.annotations.NullMarked;
