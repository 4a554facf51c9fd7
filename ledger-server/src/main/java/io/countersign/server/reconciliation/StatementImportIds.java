package io.countersign.server.reconciliation;

import java.util.UUID;

/// How an import is named on the wire.
final class StatementImportIds {

  private static final String PREFIX = "imp_";

  private StatementImportIds() {}

  static String text(UUID id) {
    return PREFIX + id;
  }

  /// @throws IllegalArgumentException when `text` is no id of an import
  static UUID parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("'" + text + "' is not an id of an import");
    }
    UUID id = UUID.fromString(text.substring(PREFIX.length()));
    if (!text(id).equals(text)) {
      throw new IllegalArgumentException("'" + text + "' is not an id of an import");
    }
    return id;
  }
}
