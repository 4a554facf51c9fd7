package io.countersign.server.reconciliation.statement;

import java.nio.charset.StandardCharsets;

/// Text that any database and any JSON can hold: no control characters, no half surrogates.
final class CleanText {

  private CleanText() {}

  static String of(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", " ");
    return new String(printable.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
