package io.countersign.model.seals;

import java.time.Instant;

/// A seal over everything a ledger recorded since the seal before (`docs/seals.md`). Hashes are
/// SHA-256 in hexadecimal.
///
/// @param throughSequence every transaction up to it is sealed, here or before
/// @param root one hash for all that is sealed here: of the three roots below
/// @param previous the `hash` of the seal before; zeros in the first
/// @param records payment events, approval decisions and audit records sealed here
/// @param hash of what is signed; the next seal's `previous`
/// @param publicKey of Ed25519, 32 bytes in hexadecimal
/// @param signature of Ed25519, 64 bytes in hexadecimal
public record Seal(
    long number,
    long fromSequence,
    long throughSequence,
    String root,
    String previous,
    Instant sealedAt,
    String signature,
    long transactions,
    long entries,
    long records,
    String transactionsRoot,
    String recordsRoot,
    String totalsRoot,
    String hash,
    String publicKey) {}
