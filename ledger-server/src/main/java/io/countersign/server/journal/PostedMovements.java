package io.countersign.server.journal;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// An account's side of the journal, for whoever compares it with somebody else's books.
@Component
public class PostedMovements {

  private final PostedMovementStore store;

  PostedMovements(PostedMovementStore store) {
    this.store = store;
  }

  /// What is committed now, in the order of recording. A lower sequence may still commit later,
  /// within the few seconds that an append may take: who goes on from `after` asks again from
  /// before it.
  ///
  /// @param after a sequence; 0 for the beginning
  /// @param rows how many at most
  public List<PostedMovement> of(int ledger, UUID account, long after, int rows) {
    return store.of(ledger, account, after, rows);
  }
}
