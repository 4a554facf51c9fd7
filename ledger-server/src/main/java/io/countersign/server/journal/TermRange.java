package io.countersign.server.journal;

/// Terms of the search index from one to another, both inclusive.
record TermRange(long from, long to) {

  static TermRange of(long term) {
    return new TermRange(term, term);
  }

  boolean isOne() {
    return from == to;
  }

  boolean contains(long term) {
    return from <= term && term <= to;
  }
}
