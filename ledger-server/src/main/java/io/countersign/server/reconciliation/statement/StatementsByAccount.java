package io.countersign.server.reconciliation.statement;

import java.util.LinkedHashMap;
import java.util.Map;

/// The statements of a table that mixes accounts and currencies: one for each.
final class StatementsByAccount {

  private static final int STATEMENTS_MAX = 1_000;

  private record Key(String account, String currency) {}

  private final StatementFormat format;
  private final StatementSink sink;
  private final Map<Key, StatementTally> open = new LinkedHashMap<>();

  StatementsByAccount(StatementFormat format, StatementSink sink) {
    this.format = format;
    this.sink = sink;
  }

  /// @param account as the file names it; empty when it names none
  StatementTally of(String account, String currency, Place place) {
    Key key = new Key(account, currency);
    StatementTally known = open.get(key);
    if (known != null) {
      return known;
    }
    if (open.size() == STATEMENTS_MAX) {
      throw place.unreadable(
          "The file is about more than " + STATEMENTS_MAX + " accounts. Export fewer at a time.");
    }
    StatementTally begun = new StatementTally(format, sink, place);
    begun.account(account);
    begun.currency(currency, place);
    open.put(key, begun);
    return begun;
  }

  /// Ends them all.
  ///
  /// @param last where the file ends
  void end(Place last) {
    if (open.isEmpty()) {
      throw last.unreadable(
          "The table has a header and no rows. Export a time in which something was booked.");
    }
    open.values().forEach(StatementTally::end);
  }
}
