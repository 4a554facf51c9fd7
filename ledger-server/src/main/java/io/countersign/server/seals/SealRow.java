package io.countersign.server.seals;

import io.countersign.model.seals.Seal;
import io.countersign.seal.SealStatement;
import java.util.HexFormat;

/// A seal as it is stored: what it says, and the signature over that.
@SuppressWarnings("ArrayRecordComponent") // Verified, never compared.
record SealRow(SealStatement statement, byte[] signature) {

  Seal toModel() {
    HexFormat hex = HexFormat.of();
    return new Seal(
        statement.number(),
        statement.fromSequence(),
        statement.throughSequence(),
        hex.formatHex(statement.root()),
        hex.formatHex(statement.previous()),
        statement.sealedAt(),
        hex.formatHex(signature),
        statement.transactions(),
        statement.entries(),
        statement.records(),
        hex.formatHex(statement.transactionsRoot()),
        hex.formatHex(statement.recordsRoot()),
        hex.formatHex(statement.totalsRoot()),
        hex.formatHex(statement.hash()),
        hex.formatHex(statement.publicKey()));
  }
}
