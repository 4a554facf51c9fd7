package io.countersign.model.identity;

import java.time.Instant;

/// A session, good until it expires or is ended.
///
/// @param token goes into `Authorization: Bearer`
public record Session(String token, Instant expiresAt, Profile user) {

  /// Without the token: this may end up in a log.
  @Override
  public String toString() {
    return "Session[" + user.username() + " until " + expiresAt + "]";
  }
}
