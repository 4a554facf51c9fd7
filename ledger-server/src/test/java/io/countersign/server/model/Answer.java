package io.countersign.server.model;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What came back over the wire.
record Answer(int status, String body, boolean replayed) {

  private static final String IN_USE = "idempotency-key-in-use";

  JsonNode json() {
    return JsonMapper.shared().readTree(body);
  }

  /// Whether the key is done with, so that every repetition must be answered the same.
  boolean isFinal(Operation operation) {
    if (isTransient(status, body)) {
      return false;
    }
    if (operation instanceof Operation.Batch batch && !batch.atomic()) {
      for (JsonNode item : json().path("results")) {
        if (isTransient(item.path("status").asInt(), item.path("problem").toString())) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isTransient(int status, String body) {
    return status >= 500 || status == 429 || (status == 409 && body.contains(IN_USE));
  }
}
