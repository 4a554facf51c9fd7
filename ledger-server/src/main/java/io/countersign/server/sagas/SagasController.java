package io.countersign.server.sagas;

import io.countersign.model.EmptyRequest;
import io.countersign.model.WireName;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.Saga;
import io.countersign.model.payments.SagaState;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.PathIds;
import io.countersign.server.api.Problems;
import io.countersign.server.api.QueryValues;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/sagas")
class SagasController {

  private final Sagas sagas;
  private final SagaStore store;
  private final SagaDefinitions definitions;
  private final AuditLog audit;
  private final OncePerKey once;

  SagasController(
      Sagas sagas, SagaStore store, SagaDefinitions definitions, AuditLog audit, OncePerKey once) {
    this.sagas = sagas;
    this.store = store;
    this.definitions = definitions;
    this.audit = audit;
    this.once = once;
  }

  @GetMapping
  Page<Saga> list(LedgerScope ledger, @RequestParam @Nullable String state, PageRequest page) {
    SagaState asked =
        QueryValues.optional("state", state, it -> WireName.parse(SagaState.class, it));
    UUID before =
        QueryValues.optional(
            "after", page.after(), it -> UUID.fromString(Cursor.read(it, 1).getFirst()));
    List<SagaRow> rows = store.page(ledger.id(), asked, before, page.limit() + 1);
    Map<SagaId, List<LogLine>> logs =
        store.logs(ledger.id(), rows.stream().map(SagaRow::id).toList());
    return Page.of(rows, page.limit(), row -> Cursor.of(row.id().uuid()))
        .map(row -> view(row, logs.getOrDefault(row.id(), List.of())));
  }

  @GetMapping("/{id}")
  Saga saga(LedgerScope ledger, @PathVariable String id) {
    return view(ledger, PathIds.read("saga", id, SagaId::parse));
  }

  @PostMapping("/{id}/retry")
  ResponseEntity<byte[]> retry(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody EmptyRequest body) {
    SagaId saga = PathIds.read("saga", id, SagaId::parse);
    return once.execute(
        request,
        () -> {
          sagas.retry(ledger.id(), saga, caller.name());
          Saga retried = view(ledger, saga);
          audit.write(
              ledger.id(),
              caller,
              AuditChange.made("saga.retry", "saga", saga.toString(), retried));
          return Answer.accepted(retried);
        });
  }

  private Saga view(LedgerScope ledger, SagaId id) {
    SagaRow row =
        store
            .find(ledger.id(), id)
            .orElseThrow(() -> Problems.notFound("saga " + id).asException());
    return view(row, store.logs(ledger.id(), List.of(id)).getOrDefault(id, List.of()));
  }

  private Saga view(SagaRow row, List<LogLine> log) {
    return SagaViews.of(definitions.of(row.kind()), row, log);
  }
}
