package io.countersign.console.testing;

import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.Relation;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.Saga;
import io.countersign.model.payments.SagaState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What carries the payments of the demonstration books, two of them stuck.
public final class DemoSagas {

  public static final int STUCK_CHARGE = 4;
  public static final int STUCK_REFUND = 31;
  private static final Instant NOW = DemoBooks.NOW;

  private final StandInServer server;

  DemoSagas(StandInServer server) {
    this.server = server;
  }

  public static SagaId id(int number) {
    return new SagaId(DemoBooks.uuid(6, number));
  }

  void lay() {
    List<Saga> all = new ArrayList<>();
    all.add(stuckRefund());
    for (int number = 24; number >= 1; number--) {
      all.add(charge(number));
    }
    server.on(
        "GET",
        "/ledgers/main/sagas",
        asked ->
            Told.ok(
                DemoBooks.page(
                    all.stream()
                        .filter(
                            saga ->
                                asked.filter("state").isEmpty()
                                    || asked.filter("state").equals(saga.state().wire()))
                        .toList(),
                    asked)));
    server.on(
        "GET",
        "/ledgers/main/sagas/(sag_[^/]*)",
        asked ->
            all.stream()
                .filter(saga -> saga.id().toString().equals(asked.groups().getFirst()))
                .findFirst()
                .map(Told::ok)
                .orElseGet(() -> Told.problem(404, "not-found", "No such saga.")));
  }

  public static Saga charge(int number) {
    Payment payment = DemoWork.payment(number);
    Relation subject = new Relation("payment", payment.id().toString());
    if (number == STUCK_CHARGE) {
      return saga(
          number,
          "charge",
          SagaState.STUCK,
          subject,
          step("charge", "done", 1, null, null),
          step("post", "stuck", 10, "the connection to the database was lost", null),
          step("notify", "waiting", 0, null, null));
    }
    boolean waits = payment.state() == PaymentState.PENDING_CONFIRMATION;
    return waits
        ? saga(
            number,
            "charge",
            SagaState.RUNNING,
            subject,
            step("charge", "running", 7, "the lookup timed out", NOW.plus(Duration.ofMinutes(12))),
            step("post", "waiting", 0, null, null),
            step("notify", "waiting", 0, null, null))
        : saga(
            number,
            "charge",
            SagaState.DONE,
            subject,
            step("charge", "done", 2, null, null),
            step("post", "done", 1, null, null),
            step("notify", "done", 1, null, null));
  }

  private static Saga stuckRefund() {
    return saga(
        STUCK_REFUND,
        "refund",
        SagaState.STUCK,
        new Relation("refund", DemoWork.refundId(3).toString()),
        step("hold funds", "done", 1, null, null),
        step("refund", "done", 3, null, null),
        step("post", "stuck", 10, "account merchants:florist is locked by a backup", null),
        step("notify", "waiting", 0, null, null));
  }

  private static Saga.Step step(
      String name, String state, int attempts, @Nullable String error, @Nullable Instant next) {
    return new Saga.Step(name, state, attempts, error, next);
  }

  private static Saga saga(
      int number, String kind, SagaState state, Relation subject, Saga.Step... steps) {
    return new Saga(
        id(number),
        kind,
        state,
        subject,
        List.of(steps),
        NOW.minus(Duration.ofHours(6)),
        NOW.minus(Duration.ofHours(3)));
  }
}
