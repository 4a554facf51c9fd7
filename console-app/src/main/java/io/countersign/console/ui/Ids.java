package io.countersign.console.ui;

/// Ids as people can compare them.
public final class Ids {

  private Ids() {}

  /// The prefix and the last twelve digits, which differ: ids begin with the time.
  public static String shortened(String id) {
    int prefix = id.indexOf('_') + 1;
    return prefix > 0 && id.length() > prefix + 12
        ? id.substring(0, prefix) + "…" + id.substring(id.length() - 12)
        : id;
  }
}
