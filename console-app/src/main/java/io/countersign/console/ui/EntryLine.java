package io.countersign.console.ui;

import io.countersign.model.Money;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Layer;

/// One debit or credit, wherever it is shown.
///
/// @param layer whether it moved money or only holds some
public record EntryLine(String account, Direction direction, Money amount, Layer layer) {

  public static EntryLine posted(String account, Direction direction, Money amount) {
    return new EntryLine(account, direction, amount, Layer.POSTED);
  }

  boolean isPending() {
    return layer == Layer.PENDING;
  }
}
