package io.countersign.server.kept;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a server told of its books before they were put away.
///
/// @param calls requests under a key with their answers
/// @param answers to an auditor, by path
/// @param sealKey the public key of its seals, hexadecimal; null when it had none
record Told(List<SmallHistory.Call> calls, Map<String, String> answers, @Nullable String sealKey) {

  static final String FILE = "told.json";
  static final String BOOKS = "books.gz";
}
