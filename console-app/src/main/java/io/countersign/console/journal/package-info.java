/// The journal: any transaction, its entries and what it relates to. Uses ui and client.
@NullMarked
package io.countersign.console.journal;

import org.jspecify.annotations.NullMarked;
