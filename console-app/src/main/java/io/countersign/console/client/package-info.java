/// The console's side of the server: who is signed in, whether it can be reached, and the one way
/// in which every call is made. Knows no node; uses the ledger client.
@NullMarked
package io.countersign.console.client;

import org.jspecify.annotations.NullMarked;
