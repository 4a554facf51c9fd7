package io.countersign.model.approvals;

import io.countersign.model.Immutable;
import io.countersign.model.Relation;
import io.countersign.model.id.ApprovalId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A proposal and, once made, its decision.
///
/// @param contentHash SHA-256, hex, of the canonical content; a decision names what it has seen
/// @param content what is done on approval; its fields depend on the kind
/// @param comment the decider's, or the reason of a rejection
/// @param result what the approval made; null until then
public record Approval(
    ApprovalId id,
    ApprovalKind kind,
    ApprovalState state,
    String proposedBy,
    Instant proposedAt,
    Instant expiresAt,
    @Nullable String reason,
    String contentHash,
    Map<String, @Nullable Object> content,
    List<Impact> impact,
    @Nullable Relation relatesTo,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String comment,
    @Nullable Relation result) {

  public Approval {
    content = Immutable.map(content);
    impact = Immutable.list(impact);
  }
}
