package io.countersign.seal;

import io.countersign.model.seals.Seal;
import java.time.Instant;
import java.util.HexFormat;

/// What a seal says and what its signature covers.
///
/// @param number from 1, without gaps in a ledger
/// @param fromSequence one after the seal before
/// @param throughSequence every transaction up to it is in this seal or in one before; numbers in
///   between that no transaction has were given out and never committed
/// @param records how many payment events, approval decisions and audit records it covers
/// @param previous the [#hash()] of the seal before; zeros in the first
/// @param publicKey the 32 bytes of the Ed25519 key that verifies the signature
@SuppressWarnings(
    "ArrayRecordComponent") // Hashes; compared with Arrays.equals by whoever compares.
public record SealStatement(
    String ledger,
    long number,
    long fromSequence,
    long throughSequence,
    long transactions,
    long entries,
    long records,
    byte[] transactionsRoot,
    byte[] recordsRoot,
    byte[] totalsRoot,
    byte[] previous,
    Instant sealedAt,
    byte[] publicKey) {

  /// What a seal that came over the wire says.
  ///
  /// @throws IllegalArgumentException when a hash in it is none
  public static SealStatement of(String ledger, Seal seal) {
    HexFormat hex = HexFormat.of();
    return new SealStatement(
        ledger,
        seal.number(),
        seal.fromSequence(),
        seal.throughSequence(),
        seal.transactions(),
        seal.entries(),
        seal.records(),
        hex.parseHex(seal.transactionsRoot()),
        hex.parseHex(seal.recordsRoot()),
        hex.parseHex(seal.totalsRoot()),
        hex.parseHex(seal.previous()),
        seal.sealedAt(),
        hex.parseHex(seal.publicKey()));
  }

  /// One hash for all that is sealed: of the tree whose three leaves are the three roots.
  public byte[] root() {
    MerkleTree tree = new MerkleTree();
    tree.add(transactionsRoot);
    tree.add(recordsRoot);
    tree.add(totalsRoot);
    return tree.root();
  }

  /// What is signed.
  public byte[] canonical() {
    return CanonicalForm.of("seal")
        .text(ledger)
        .integer(number)
        .integer(fromSequence)
        .integer(throughSequence)
        .integer(transactions)
        .integer(entries)
        .integer(records)
        .bytes(transactionsRoot)
        .bytes(recordsRoot)
        .bytes(totalsRoot)
        .bytes(root())
        .bytes(previous)
        .instant(sealedAt)
        .bytes(publicKey)
        .toBytes();
  }

  /// What the next seal names as its previous.
  public byte[] hash() {
    return Sha256.of(canonical());
  }
}
