package io.countersign.server.sagas;

import io.countersign.model.payments.SagaState;
import io.countersign.server.sagas.LogLine.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries one saga as far as one database transaction can: an outcome, then all local steps, or
/// local undos, that follow it.
final class Progress {

  private final SagaDefinition definition;
  private final Instant now;
  private final SagaRun run;
  private final List<LogLine> log = new ArrayList<>();
  private SagaRow row;

  Progress(SagaDefinition definition, SagaRun run, SagaRow row, Instant now) {
    this.definition = definition;
    this.run = run;
    this.row = row;
    this.now = now;
  }

  SagaRow row() {
    return row;
  }

  List<LogLine> log() {
    return log;
  }

  /// Carries out the local steps a new saga begins with.
  Progress begin() {
    goOn(row.step());
    return this;
  }

  Progress after(StepOutcome outcome) {
    switch (outcome) {
      case StepOutcome.Done _ -> done();
      case StepOutcome.Waits waits -> row = row.waiting(waits.why(), waits.until());
      case StepOutcome.Refused refused -> refused(refused.why());
      case StepOutcome.Stuck stuck -> {
        row = row.stuck(stuck.why());
        log(Event.STUCK, stuck.why());
      }
    }
    return this;
  }

  private void done() {
    log(row.backward() ? Event.UNDONE : Event.DONE, null);
    if (row.backward()) {
      goBack(row.step() - 1);
    } else {
      goOn(row.step() + 1);
    }
  }

  private void refused(String why) {
    if (row.backward()) {
      throw new IllegalStateException("an undo cannot be refused: it is done, waits or is stuck");
    }
    log(Event.REFUSED, why);
    int step = row.step();
    row = row.because(why);
    goBack(step - 1);
  }

  private void goOn(int next) {
    if (next == definition.steps().size()) {
      row = row.over(SagaState.DONE);
      return;
    }
    row = row.at(next, false, now);
    if (definition.steps().get(next).work() instanceof LocalWork effect) {
      after(effect.commit(run));
    }
  }

  private void goBack(int from) {
    int next = from;
    while (next >= 0 && definition.steps().get(next).undo() == null) {
      next--;
    }
    if (next < 0) {
      row = row.over(SagaState.UNDONE);
      return;
    }
    row = row.at(next, true, now);
    @Nullable Work undo = definition.steps().get(next).undo();
    if (undo instanceof LocalWork effect) {
      after(effect.commit(run));
    }
  }

  private void log(Event event, @Nullable String detail) {
    String step = definition.steps().get(row.step()).name();
    log.add(new LogLine(step, event, row.attempts() + 1, detail));
  }
}
