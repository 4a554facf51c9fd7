package io.countersign.model.exports;

import io.countersign.model.Immutable;
import io.countersign.model.seals.Seal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an export's file must hold, signed by the server (`docs/seals.md`).
///
/// @param rows lines of the file, each an entry
/// @param debitTotals over all rows, posted and pending, by currency
/// @param sha256 of the file's bytes, in hexadecimal
/// @param throughSequence no row is of a later transaction
/// @param seal the first seal that reaches `throughSequence`; null while nothing was ever recorded
/// @param signature of Ed25519 by the seals' key over the manifest's canonical form, in hexadecimal
/// @param publicKey that verifies the signature, in hexadecimal
public record Manifest(
    String ledger,
    long rows,
    List<CurrencyTotal> debitTotals,
    List<CurrencyTotal> creditTotals,
    String sha256,
    ExportFilter filter,
    long throughSequence,
    @Nullable Seal seal,
    String signature,
    String publicKey) {

  public Manifest {
    debitTotals = Immutable.list(debitTotals);
    creditTotals = Immutable.list(creditTotals);
  }
}
