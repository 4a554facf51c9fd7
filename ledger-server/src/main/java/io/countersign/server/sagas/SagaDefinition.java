package io.countersign.server.sagas;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A saga as a table: its steps in their order, each with its undo. Offer it as a bean.
///
/// ```java
/// SagaDefinition.of("charge")
///     .outside("charge", this::charge).undoneOutside(this::giveBack)
///     .local("post", this::post)
///     .local("notify", this::tell)
///     .build();
/// ```
///
/// Local steps commit together with the end of the step before them.
public record SagaDefinition(String kind, List<Step> steps) {

  /// @param undo null when there is nothing to undo
  public record Step(String name, Work work, @Nullable Work undo) {}

  public SagaDefinition {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("saga '" + kind + "' has no steps");
    }
  }

  public static Table of(String kind) {
    return new Table(kind);
  }

  /// A definition while it is written down.
  public static final class Table {

    private final String kind;
    private final List<Step> steps = new ArrayList<>();

    private Table(String kind) {
      this.kind = kind;
    }

    public Table outside(String name, OutsideWork call) {
      steps.add(new Step(name, call, null));
      return this;
    }

    public Table local(String name, LocalWork effect) {
      steps.add(new Step(name, effect, null));
      return this;
    }

    public Table undoneOutside(OutsideWork undo) {
      return undoneBy(undo);
    }

    public Table undoneLocally(LocalWork undo) {
      return undoneBy(undo);
    }

    private Table undoneBy(Work undo) {
      Step last = steps.removeLast();
      steps.add(new Step(last.name(), last.work(), undo));
      return this;
    }

    public SagaDefinition build() {
      return new SagaDefinition(kind, steps);
    }
  }
}
