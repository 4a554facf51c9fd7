package io.countersign.model.ledgers;

/// One legal entity's books.
public record Ledger(String code, String name, String timeZone) {}
