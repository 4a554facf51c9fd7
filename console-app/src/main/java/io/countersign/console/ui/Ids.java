package io.countersign.console.ui;

/// Ids as people can compare them.
public final class Ids {

  private Ids() {}

  private static final int TELLING = 12;

  /// The prefix and the last twelve digits, which differ: ids begin with the time. Of a hash, which
  /// has no prefix, the end alone.
  public static String shortened(String id) {
    int prefix = id.indexOf('_') + 1;
    return id.length() > prefix + TELLING + 1
        ? id.substring(0, prefix) + "…" + id.substring(id.length() - TELLING)
        : id;
  }
}
