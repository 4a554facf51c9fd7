@NullMarked
package io.countersign.planted.modules;

import org.jspecify.annotations.NullMarked;
