package io.countersign.seal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A transaction with everything that was stored when it was recorded, and nothing that became
/// known of it later (such as what reverses it).
///
/// @param head null when there are entries of this sequence and no transaction
public record SealedTransaction(long sequence, @Nullable Head head) {

  /// @param metadata canonical JSON text ([JsonText])
  public record Head(
      UUID id,
      String kind,
      String description,
      @Nullable String reference,
      LocalDate effectiveOn,
      Instant recordedAt,
      String recordedBy,
      @Nullable UUID reverses,
      @Nullable String relatesType,
      @Nullable String relatesId,
      @Nullable String proposedBy,
      @Nullable String decidedBy,
      String metadata) {}

  /// @param entriesRoot of the tree over the entries' canonical forms, by line
  public byte[] canonical(byte[] entriesRoot) {
    CanonicalForm form = CanonicalForm.of("transaction").integer(sequence);
    if (head != null) {
      form.uuid(head.id)
          .text(head.kind)
          .text(head.description)
          .text(head.reference)
          .day(head.effectiveOn)
          .instant(head.recordedAt)
          .text(head.recordedBy)
          .uuid(head.reverses)
          .text(head.relatesType)
          .text(head.relatesId)
          .text(head.proposedBy)
          .text(head.decidedBy)
          .text(head.metadata);
    }
    return form.bytes(entriesRoot).toBytes();
  }
}
