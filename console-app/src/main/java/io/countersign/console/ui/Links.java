package io.countersign.console.ui;

/// Opens a thing on whichever screen shows such things. The shell knows which; screens do not.
public interface Links {

  /// @param id with its prefix, such as `txn_…`
  void open(String id);

  /// Whether there is a screen for such things.
  boolean lead(String id);
}
