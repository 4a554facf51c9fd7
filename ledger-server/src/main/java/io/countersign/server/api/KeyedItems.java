package io.countersign.server.api;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A POST whose items may carry keys of their own; controllers take it as a parameter.
///
/// @param owner the credential's owner, never the token
/// @param path of the request, which a stored problem names as its `instance`
/// @param body as [CanonicalJson] writes it
/// @param whole the request as one with the key of its header; asking for it throws 400
///   `idempotency-key-missing` when there is none
public record KeyedItems(
    int ledger, UUID owner, String path, String body, Supplier<KeyedRequest> whole) {

  /// @param key the item's own
  /// @param item as canonical JSON
  /// @throws ProblemException 400 `idempotency-key-missing`, or `invalid-request` when it cannot be
  ///   a key
  public KeyedRequest item(@Nullable String key, String item) {
    if (key == null) {
      throw KeyedRequest.keyMissing(
              "Give each item an idempotencyKey of its own, and the same one when you repeat it.")
          .asException();
    }
    if (!KeyedRequest.isKey(key)) {
      throw Problems.invalidRequest("idempotencyKey", "must be 1 to 255 visible ASCII characters")
          .asException();
    }
    return new KeyedRequest(
        ledger, owner, key, Fingerprint.of("POST " + path + " item", item), path);
  }
}
