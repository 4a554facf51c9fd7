package io.countersign.console.ui;

/// Opens a thing on whichever screen shows such things. The shell knows which; screens do not.
@FunctionalInterface
public interface Links {

  /// @param id with its prefix, such as `txn_…`
  void open(String id);
}
