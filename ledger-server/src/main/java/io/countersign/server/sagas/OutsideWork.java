package io.countersign.server.sagas;

/// The part of a step that happens outside, such as a call over the network.
@FunctionalInterface
public non-sealed interface OutsideWork extends Work {

  /// Runs with no transaction open. It may run again after a crash, so it must be harmless to
  /// repeat.
  ///
  /// @return what the answer means, to be committed; it meets the state of then, not that of the
  ///   call
  LocalWork call(SagaRun run);
}
