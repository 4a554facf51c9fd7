package io.countersign.server.journal;

import io.countersign.model.journal.BatchRequest;
import io.countersign.server.api.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// A batch taken apart into its items, each still as text: an item has a fingerprint of its own,
/// and one that cannot be meant refuses only itself.
///
/// @param items canonical JSON objects
record BatchBody(boolean atomic, List<String> items) {

  private static final String ITEMS = "transactions";

  /// @param canonical as `CanonicalJson` writes it
  /// @throws io.countersign.server.api.ProblemException 400 `invalid-request`
  static BatchBody read(JsonMapper json, String canonical) {
    boolean atomic = false;
    @Nullable List<String> items = null;
    try (JsonParser parser = json.createParser(canonical)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Problems.invalidRequest("Send a JSON object.").asException();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "atomic" -> atomic = flag(value);
          case ITEMS -> items = items(parser, canonical);
          default -> throw Problems.invalidRequest(name, "is not known here").asException();
        }
      }
    }
    if (items == null || items.isEmpty() || items.size() > BatchRequest.TRANSACTIONS_MAX) {
      throw Problems.invalidRequest(
              ITEMS, "must have 1 to " + BatchRequest.TRANSACTIONS_MAX + " items")
          .asException();
    }
    return new BatchBody(atomic, items);
  }

  private static boolean flag(JsonToken value) {
    return switch (value) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw Problems.invalidRequest("atomic", "must be true or false").asException();
    };
  }

  private static List<String> items(JsonParser parser, String canonical) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw Problems.invalidRequest(ITEMS, "must be an array").asException();
    }
    List<String> items = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      int start = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      int end = (int) parser.currentTokenLocation().getCharOffset();
      items.add(canonical.substring(start, end + 1));
    }
    if (parser.currentToken() != JsonToken.END_ARRAY) {
      throw Problems.invalidRequest(ITEMS + "[" + items.size() + "]", "must be an object")
          .asException();
    }
    return items;
  }
}
