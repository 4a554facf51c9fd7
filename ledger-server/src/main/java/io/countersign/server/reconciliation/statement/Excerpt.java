package io.countersign.server.reconciliation.statement;

/// A short, printable piece of a file for messages.
final class Excerpt {

  private static final int LENGTH_MAX = 40;

  private Excerpt() {}

  static String of(String text) {
    String piece = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "…" : text;
    return piece.replaceAll("\\p{Cntrl}", " ").strip();
  }
}
