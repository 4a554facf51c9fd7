package io.countersign.server.journal;

import io.countersign.model.journal.Layer;

/// Where an entry counts. Both pending layers look the same from outside; they differ in whether
/// `available` feels them: what a hold takes counts at once, what it will bring does not.
public enum EntryLayer {
  POSTED(0),
  TAKEN(1),
  COMING(2);

  private final int number;

  EntryLayer(int number) {
    this.number = number;
  }

  /// As stored in `journal.entry.layer`.
  int number() {
    return number;
  }

  static EntryLayer of(int number) {
    for (EntryLayer layer : values()) {
      if (layer.number == number) {
        return layer;
      }
    }
    throw new IllegalArgumentException("no layer is stored as " + number);
  }

  Layer toModel() {
    return this == POSTED ? Layer.POSTED : Layer.PENDING;
  }
}
