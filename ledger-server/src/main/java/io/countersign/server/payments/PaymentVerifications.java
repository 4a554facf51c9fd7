package io.countersign.server.payments;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.countersign.model.UuidV7;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.PaymentDifference;
import io.countersign.model.payments.PaymentVerification;
import io.countersign.model.seals.VerificationState;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.database.Snapshots;
import io.countersign.server.database.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Verifies that each payment's row is what its events make of it, as people ask for it: one
/// verification at a time for each ledger, in the background, page by page so that memory stays as
/// it is however many payments there are. One that is broken off begins anew.
@Component
class PaymentVerifications {

  static final String TASK = "payment-verification";

  private static final Logger LOG = LoggerFactory.getLogger(PaymentVerifications.class);
  private static final int PAGE = 500;
  private static final int PAGES_BETWEEN_NOTES = 20;
  private static final int NAMED_MAX = 100;

  private final PaymentVerificationStore store;
  private final PaymentStore payments;
  private final Snapshots snapshots;
  private final Transactions transactions;
  private final ObjectProvider<SchedulerClient> scheduler;
  private final PaymentBook book;
  private final AuditLog audit;
  private final UuidV7 ids;

  PaymentVerifications(
      PaymentVerificationStore store,
      PaymentStore payments,
      Snapshots snapshots,
      Transactions transactions,
      ObjectProvider<SchedulerClient> scheduler,
      PaymentBook book,
      AuditLog audit,
      UuidV7 ids) {
    this.store = store;
    this.payments = payments;
    this.snapshots = snapshots;
    this.transactions = transactions;
    this.scheduler = scheduler;
    this.book = book;
    this.audit = audit;
    this.ids = ids;
  }

  /// Promises a verification within the caller's transaction; one that runs is enough.
  PaymentVerification start(LedgerScope ledger, Caller caller) {
    UUID id = ids.next();
    Instant now = book.now();
    if (store.insert(ledger.id(), id, caller.name(), now)) {
      audit.write(
          ledger.id(),
          caller,
          AuditChange.made("payments.verify", "verification", id.toString(), id));
      scheduler
          .getObject()
          .scheduleIfNotExists(new TaskInstance<Void>(TASK, ledger.id() + ":" + id), now);
    }
    return latest(ledger.id());
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found` before the first one
  PaymentVerification latest(int ledger) {
    return store
        .latest(ledger)
        .orElseThrow(() -> Problems.notFound("verification of these payments yet").asException());
  }

  /// Carries a verification out, from its beginning. Does nothing when it is finished.
  ///
  /// @param stopping whether the server is going down
  void perform(int ledger, UUID id, BooleanSupplier stopping) {
    Optional<PaymentVerification> asked = store.find(ledger, id);
    if (asked.isEmpty() || asked.get().state() != VerificationState.RUNNING) {
      return;
    }
    Course course = new Course(asked.get());
    @Nullable PaymentId after = null;
    for (int page = 1; ; page++) {
      if (stopping.getAsBoolean()) {
        throw new IllegalStateException("the server is shutting down; it begins anew elsewhere");
      }
      after = checkPage(ledger, after, course);
      if (after == null) {
        finish(ledger, id, course);
        return;
      }
      if (page % PAGES_BETWEEN_NOTES == 0) {
        note(ledger, id, course.soFar(VerificationState.RUNNING, null));
      }
    }
  }

  /// @return the last payment of the page, null after the last page
  private @Nullable PaymentId checkPage(int ledger, @Nullable PaymentId after, Course course) {
    return snapshots
        .read(
            () -> {
              List<PaymentRow> rows = payments.pageById(ledger, after, PAGE);
              Map<PaymentId, List<RecordedEvent>> histories =
                  payments.histories(ledger, rows.stream().map(PaymentRow::id).toList());
              rows.forEach(row -> course.check(row, histories.getOrDefault(row.id(), List.of())));
              return rows.size() < PAGE
                  ? Optional.<PaymentId>empty()
                  : Optional.of(rows.getLast().id());
            })
        .orElse(null);
  }

  private void finish(int ledger, UUID id, Course course) {
    VerificationState state =
        course.differing == 0 ? VerificationState.INTACT : VerificationState.BROKEN;
    if (course.differing > 0) {
      LOG.error(
          "{} of {} payments are not what their history makes of them, the first: {}",
          course.differing,
          course.checked,
          course.named.getFirst());
    }
    note(ledger, id, course.soFar(state, book.now()));
  }

  private void note(int ledger, UUID id, PaymentVerification verification) {
    transactions.run(() -> store.update(ledger, id, verification));
  }

  /// What one verification has found so far.
  private static final class Course {

    private final PaymentVerification asked;
    private final List<PaymentDifference> named = new ArrayList<>();
    private long checked;
    private long differing;

    Course(PaymentVerification asked) {
      this.asked = asked;
    }

    void check(PaymentRow row, List<RecordedEvent> history) {
      checked++;
      List<PaymentDifference> found = HistoryCheck.differences(row, history);
      if (!found.isEmpty()) {
        differing++;
        found.stream().limit(NAMED_MAX - named.size()).forEach(named::add);
      }
    }

    PaymentVerification soFar(VerificationState state, @Nullable Instant finishedAt) {
      return new PaymentVerification(
          state, checked, differing, named, asked.requestedBy(), asked.startedAt(), finishedAt);
    }
  }
}
