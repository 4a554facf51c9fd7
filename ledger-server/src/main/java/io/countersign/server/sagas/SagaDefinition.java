package io.countersign.server.sagas;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A saga as a table: its steps in their order, each with its undo. Offer it as a bean.
///
/// ```java
/// SagaDefinition.of("charge")
///     .outside("charge", this::charge, undoneOutside(this::giveBack))
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

  /// How a step is undone, as the last column of its row.
  public record Undo(Work work) {}

  /// Undone by a call outside, which may happen again after a crash.
  public static Undo undoneOutside(OutsideWork call) {
    return new Undo(call);
  }

  /// Undone in the database alone.
  public static Undo undoneLocally(LocalWork effect) {
    return new Undo(effect);
  }

  /// A definition while it is written down.
  public static final class Table {

    private final String kind;
    private final List<Step> steps = new ArrayList<>();

    private Table(String kind) {
      this.kind = kind;
    }

    public Table outside(String name, OutsideWork call) {
      return row(name, call, null);
    }

    public Table outside(String name, OutsideWork call, Undo undo) {
      return row(name, call, undo.work());
    }

    public Table local(String name, LocalWork effect) {
      return row(name, effect, null);
    }

    public Table local(String name, LocalWork effect, Undo undo) {
      return row(name, effect, undo.work());
    }

    private Table row(String name, Work work, @Nullable Work undo) {
      steps.add(new Step(name, work, undo));
      return this;
    }

    public SagaDefinition build() {
      return new SagaDefinition(kind, steps);
    }
  }
}
