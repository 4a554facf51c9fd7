package io.countersign.server.journal;

import io.countersign.model.InvalidMoney;
import io.countersign.model.journal.BatchItem;
import io.countersign.server.api.Caller;
import io.countersign.server.api.JsonFaults;
import io.countersign.server.api.KeyedItems;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.Problems;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Many transactions in one call: each under its own key and for itself, or all under one key or
/// none.
@Component
class Batches {

  private final GroupCommit group;
  private final AtomicBatches atomic;
  private final JsonMapper json;

  Batches(GroupCommit group, AtomicBatches atomic, JsonMapper json) {
    this.group = group;
    this.atomic = atomic;
    this.json = json;
  }

  /// @throws ProblemException 400 `invalid-request` when the batch, or an item of an atomic one, is
  ///   malformed; 422 `batch-refused` when an atomic one is refused
  ResponseEntity<byte[]> append(LedgerScope ledger, Caller caller, KeyedItems request) {
    BatchBody body = BatchBody.read(json, request.body());
    List<BatchDraft> drafts = new ArrayList<>(body.items().size());
    for (String item : body.items()) {
      drafts.add(draft(item, "transactions[" + drafts.size() + "]", caller));
    }
    return body.atomic()
        ? atomic.append(ledger, request.whole().get(), drafts)
        : eachForItself(ledger, request, drafts);
  }

  private BatchDraft draft(String text, String at, Caller caller) {
    try {
      BatchItem item = json.readValue(text, BatchItem.class);
      return draft(text, item, caller);
    } catch (JacksonException e) {
      InvalidMoney invalid = invalidMoney(e);
      if (invalid == null) {
        throw JsonFaults.problem(at, e).asException();
      }
      Problem refusal = Problems.invalidMoney(String.valueOf(invalid.getMessage()));
      // The item cannot be read as a whole, so its key is looked up by itself.
      String key = json.readTree(text).path("idempotencyKey").stringValue(null);
      return new BatchDraft(text, key, null, refusal);
    }
  }

  private static BatchDraft draft(String text, BatchItem item, Caller caller) {
    String key = item.idempotencyKey();
    try {
      return new BatchDraft(text, key, Drafts.of(item.toRequest(), caller.name()), null);
    } catch (ProblemException e) {
      return new BatchDraft(text, key, null, e.problem());
    }
  }

  private static @Nullable InvalidMoney invalidMoney(JacksonException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidMoney invalid) {
        return invalid;
      }
    }
    return null;
  }

  private ResponseEntity<byte[]> eachForItself(
      LedgerScope ledger, KeyedItems request, List<BatchDraft> drafts) {
    List<GroupCommit.@Nullable Outcome> outcomes = new ArrayList<>(drafts.size());
    List<GroupCommit.Item> keyed = new ArrayList<>(drafts.size());
    for (BatchDraft draft : drafts) {
      try {
        keyed.add(keyed(request, draft));
        outcomes.add(null);
      } catch (ProblemException e) {
        outcomes.add(new GroupCommit.Outcome.Failed(e));
      }
    }
    Iterator<GroupCommit.Outcome> appended = group.append(ledger, keyed).iterator();
    BatchResults results = new BatchResults(json, request.path());
    for (int i = 0; i < drafts.size(); i++) {
      GroupCommit.Outcome outcome = outcomes.get(i);
      results.add(drafts.get(i).key(), outcome == null ? appended.next() : outcome);
    }
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(results.end());
  }

  private static GroupCommit.Item keyed(KeyedItems request, BatchDraft draft) {
    Problem refusal = draft.refusal();
    if (refusal != null && !refusal.consumesKey()) {
      throw refusal.asException();
    }
    return new GroupCommit.Item(request.item(draft.key(), draft.text()), draft.draft(), refusal);
  }
}
