package io.countersign.server.sagas;

import io.countersign.model.payments.Saga;
import io.countersign.model.payments.SagaState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Shows a saga's row and log as its table of steps.
final class SagaViews {

  private SagaViews() {}

  static Saga of(SagaDefinition definition, SagaRow row, List<LogLine> log) {
    Map<String, LogLine> last = new HashMap<>();
    log.forEach(line -> last.put(line.step(), line));
    List<Saga.Step> steps = new ArrayList<>();
    for (int index = 0; index < definition.steps().size(); index++) {
      String name = definition.steps().get(index).name();
      LogLine line = last.get(name);
      steps.add(index == row.step() && !row.isOver() ? due(name, row) : past(name, row, line));
    }
    return new Saga(
        row.id(), row.kind(), row.state(), row.subject(), steps, row.createdAt(), row.updatedAt());
  }

  private static Saga.Step due(String name, SagaRow row) {
    String doing = row.backward() ? "undoing" : "running";
    return new Saga.Step(
        name,
        row.state() == SagaState.STUCK ? "stuck" : doing,
        row.attempts(),
        row.lastError(),
        row.nextAttemptAt());
  }

  private static Saga.Step past(
      String name, SagaRow row, @org.jspecify.annotations.Nullable LogLine line) {
    if (line == null) {
      boolean ahead = !row.isOver() && !row.backward();
      return new Saga.Step(name, ahead ? "waiting" : "skipped", 0, null, null);
    }
    return new Saga.Step(name, line.event().wire(), line.attempts(), line.detail(), null);
  }
}
