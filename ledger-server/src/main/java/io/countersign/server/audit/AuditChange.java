package io.countersign.server.audit;

import org.jspecify.annotations.Nullable;

/// One change, in the words of the feature that made it.
///
/// @param action a verb and what it is done to, such as `user.revoke`
/// @param objectType such as `user`
/// @param objectId as the contract names it, with its prefix
/// @param before the state as a record of the contract, without secrets; null for what is new
/// @param after null for what is gone
public record AuditChange(
    String action,
    String objectType,
    String objectId,
    @Nullable Object before,
    @Nullable Object after) {

  public static AuditChange made(String action, String objectType, String objectId, Object after) {
    return new AuditChange(action, objectType, objectId, null, after);
  }

  public static AuditChange changed(
      String action, String objectType, String objectId, Object before, Object after) {
    return new AuditChange(action, objectType, objectId, before, after);
  }
}
