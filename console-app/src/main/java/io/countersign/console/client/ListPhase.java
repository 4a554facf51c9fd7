package io.countersign.console.client;

/// What a list shows.
public enum ListPhase {
  LOADING,
  READY,
  EMPTY,
  FAILED
}
