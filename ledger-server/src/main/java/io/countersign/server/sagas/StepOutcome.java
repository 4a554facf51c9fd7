package io.countersign.server.sagas;

import java.time.Instant;

/// What became of one attempt at a step.
public sealed interface StepOutcome {

  /// The step has had its effect, or its undo has.
  record Done() implements StepOutcome {}

  /// Nothing went wrong and nothing is decided: it is tried again then, for ever.
  record Waits(Instant until, String why) implements StepOutcome {}

  /// The step has no effect and never will: what was done before it is undone.
  record Refused(String why) implements StepOutcome {}

  /// Only a person can say how it goes on.
  record Stuck(String why) implements StepOutcome {}
}
