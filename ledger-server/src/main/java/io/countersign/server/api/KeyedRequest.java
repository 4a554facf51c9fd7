package io.countersign.server.api;

import java.util.UUID;

/// A POST with its idempotency key; controllers take it as a parameter.
///
/// Two requests are the same when ledger, owner, key and fingerprint are.
///
/// @param owner the credential's owner, never the token
/// @param key 1–255 visible characters
/// @param fingerprint SHA-256 over method, path and the body with its JSON keys sorted
/// @param path of the request, which a stored problem names as its `instance`
public record KeyedRequest(
    int ledger, UUID owner, String key, Fingerprint fingerprint, String path) {}
