package io.countersign.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/// One request to be made, as often as it takes.
///
/// @param repeatable whether a second one does no harm: it is safe by its method or carries a key
record Call(
    String method,
    String path,
    Query query,
    BodyPublisher body,
    @Nullable String contentType,
    @Nullable Intent intent,
    boolean repeatable) {

  static Call get(String path, Query query) {
    return new Call("GET", path, query, BodyPublishers.noBody(), null, null, true);
  }

  static Call delete(String path) {
    return new Call("DELETE", path, Query.ALL, BodyPublishers.noBody(), null, null, true);
  }
}
