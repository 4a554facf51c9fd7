/// The contract: what crosses the wire between the ledger server and those who call it. Values
/// only; depends on nothing but JSON annotations.
@NullMarked
package io.countersign.model;

import org.jspecify.annotations.NullMarked;
