package io.countersign.server.api;

import io.countersign.seal.LeafKind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The port through which a feature's own records come under the seals, beside the journal's
/// transactions. The feature keeps a register: one row per record, inserted in the commit that
/// makes the record final, and marked with its seal once, in the commit that makes the seal.
///
/// So no order of commits matters: a record of a slow writer is waiting from the moment it is
/// there, and it waits until a seal has it (`docs/seals.md`, "Never missed, never twice").
public interface SealedRecords {

  /// Names a record within a ledger.
  ///
  /// @param number of the event among those of the thing `id` names; 0 where one id says all
  record Key(UUID id, long number) {}

  /// A record at its place in a seal.
  ///
  /// @param canonical its canonical form as it is stored now; null when the record is gone
  @SuppressWarnings("ArrayRecordComponent") // Handed to the hash and never compared.
  record Sealed(int position, Key key, byte @Nullable [] canonical) {}

  LeafKind kind();

  /// Records that no seal has yet, in the order of their ids, at most `limit`.
  List<Key> waiting(int ledger, int limit);

  /// Marks waiting records with their seal, in the caller's transaction, at positions that count on
  /// from `firstPosition`.
  ///
  /// @return how many of them were waiting still
  int mark(int ledger, long seal, int firstPosition, List<Key> keys);

  /// What a seal has, in the order of positions.
  List<Sealed> sealed(int ledger, long seal, int afterPosition, int limit);

  /// The highest seal that any record is marked with; 0 without one.
  long newestSeal(int ledger);

  /// A record that came past its register, which only happens behind the server's back.
  Optional<Key> unregistered(int ledger);

  /// The key as people know it, such as `pay_…`.
  String name(Key key);
}
