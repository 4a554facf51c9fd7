package io.countersign.planted.server.sandbox;

import io.countersign.planted.server.journal.JournalStore;

/// A sandbox that looks into the books.
public record NosyAcquirer(JournalStore store) {}
