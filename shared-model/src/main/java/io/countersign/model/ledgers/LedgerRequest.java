package io.countersign.model.ledgers;

/// `POST /v1/ledgers`.
///
/// @param timeZone an IANA name such as `Europe/Berlin`; says when an accounting day ends
public record LedgerRequest(String code, String name, String timeZone) {}
