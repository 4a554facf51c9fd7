/// Statement files as banks write them, read as streams into one model. Knows formats and
/// arithmetic, neither ledger nor database: a file of any size is read in constant memory.
@NullMarked
package io.countersign.server.reconciliation.statement;

import org.jspecify.annotations.NullMarked;
