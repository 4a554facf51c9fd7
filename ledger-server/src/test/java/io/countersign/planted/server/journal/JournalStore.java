package io.countersign.planted.server.journal;

/// A store that everybody can reach.
public record JournalStore(String name) {}
