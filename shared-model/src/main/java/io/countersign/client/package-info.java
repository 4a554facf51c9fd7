/// The typed client of the ledger server, which retries safely. For the console, for whoever loads
/// books, and for integrators on the JVM. Uses the contract and the JDK's HTTP client, nothing
/// else.
@NullMarked
package io.countersign.client;

import org.jspecify.annotations.NullMarked;
