/// The ledger server: one package per feature.
@NullMarked
package io.countersign.server;

import org.jspecify.annotations.NullMarked;
