package io.countersign.server.journal;

import io.countersign.model.journal.BatchAnswer;
import io.countersign.model.journal.BatchResult;
import io.countersign.server.api.Answer;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemDocument;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Batches whose transactions are all recorded, in one append under one key, or none of them.
@Component
class AtomicBatches {

  private static final int CREATED = 201;

  /// RFC 4918, section 11.4: not done because another one failed.
  private static final int FAILED_DEPENDENCY = 424;

  private final Journal journal;
  private final Gate gate;
  private final OncePerKey once;

  AtomicBatches(Journal journal, Gate gate, OncePerKey once) {
    this.journal = journal;
    this.gate = gate;
    this.once = once;
  }

  /// @throws io.countersign.server.api.ProblemException 400 `invalid-request` naming every
  ///   malformed item
  ResponseEntity<byte[]> append(LedgerScope ledger, KeyedRequest request, List<BatchDraft> drafts) {
    requireWellFormed(drafts);
    return once.execute(
        request,
        gate.entering(),
        () -> {
          List<Appended> outcomes = outcomes(ledger, drafts);
          if (outcomes.stream().allMatch(Appended.Recorded.class::isInstance)) {
            return new Answer(
                200, new BatchAnswer(outcomes.stream().map(it -> result(it, request)).toList()));
          }
          throw refused(outcomes, request).asException();
        });
  }

  private static void requireWellFormed(List<BatchDraft> drafts) {
    FieldChecks checks = new FieldChecks();
    for (int i = 0; i < drafts.size(); i++) {
      String at = "transactions[" + i + "]";
      checks.that(
          drafts.get(i).key() == null,
          at + ".idempotencyKey",
          "has no place in an atomic batch, whose one key is in the header");
      Problem refusal = drafts.get(i).refusal();
      if (refusal != null && !refusal.consumesKey()) {
        refusal.errors().forEach(it -> checks.that(false, at + '.' + it.field(), it.message()));
      }
    }
    checks.orThrow();
  }

  // One outcome per draft. Nothing is lost by appending what may be refused as a whole: the caller
  // undoes the transaction then.
  private List<Appended> outcomes(LedgerScope ledger, List<BatchDraft> drafts) {
    Iterator<Appended> appended =
        journal
            .append(
                ledger, drafts.stream().map(BatchDraft::draft).filter(Objects::nonNull).toList())
            .iterator();
    List<Appended> outcomes = new ArrayList<>(drafts.size());
    for (BatchDraft draft : drafts) {
      Problem refusal = draft.refusal();
      outcomes.add(refusal == null ? appended.next() : new Appended.Refused(refusal));
    }
    return outcomes;
  }

  private static Problem refused(List<Appended> outcomes, KeyedRequest request) {
    long refused = outcomes.stream().filter(Appended.Refused.class::isInstance).count();
    String detail =
        refused + " of " + outcomes.size() + " transactions were refused, so none is recorded.";
    Problem problem = Problem.of("batch-refused", 422, detail);
    Problem notTried = Problem.of("batch-refused", FAILED_DEPENDENCY, detail);
    return problem.with(
        "results",
        outcomes.stream()
            .map(it -> it instanceof Appended.Refused ? it : new Appended.Refused(notTried))
            .map(it -> result(it, request))
            .toList());
  }

  private static BatchResult result(Appended outcome, KeyedRequest request) {
    return switch (outcome) {
      case Appended.Recorded recorded ->
          new BatchResult(null, CREATED, false, recorded.transaction(), null);
      case Appended.Refused refused ->
          new BatchResult(
              null,
              refused.problem().status(),
              false,
              null,
              ProblemDocument.of(refused.problem(), request.path()));
    };
  }
}
