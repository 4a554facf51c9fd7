package io.countersign.model.identity;

import org.jspecify.annotations.Nullable;

/// `POST /v1/sessions`.
public record SessionRequest(String username, String password, @Nullable String totp) {

  /// Without the password: this may end up in a log.
  @Override
  public String toString() {
    return "SessionRequest[" + username + "]";
  }
}
