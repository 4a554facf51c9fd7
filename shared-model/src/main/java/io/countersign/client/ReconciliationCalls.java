package io.countersign.client;

import io.countersign.model.Page;
import io.countersign.model.ReasonRequest;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.RunId;
import io.countersign.model.id.StatementId;
import io.countersign.model.reconciliation.AssignRequest;
import io.countersign.model.reconciliation.CommentRequest;
import io.countersign.model.reconciliation.ExceptionBulkAnswer;
import io.countersign.model.reconciliation.ExceptionBulkRequest;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.Match;
import io.countersign.model.reconciliation.MatchRequest;
import io.countersign.model.reconciliation.Reconciliation;
import io.countersign.model.reconciliation.ReconciliationRequest;
import io.countersign.model.reconciliation.Source;
import io.countersign.model.reconciliation.SourceRequest;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementImport;
import io.countersign.model.reconciliation.StatementLine;
import java.nio.file.Path;
import tools.jackson.core.type.TypeReference;

/// `docs/api.md`, section 8.
public final class ReconciliationCalls {

  private final Transport transport;
  private final String base;

  ReconciliationCalls(Transport transport, String base) {
    this.transport = transport;
    this.base = base;
  }

  public Source createSource(SourceRequest request, Intent intent) {
    return transport.post(base + "/sources", request, intent, new TypeReference<>() {});
  }

  public Page<Source> sources(Query query) {
    return transport.get(base + "/sources", query, new TypeReference<>() {});
  }

  public StatementImport upload(String source, String fileName, byte[] file) {
    Query query = Query.ALL.with("source", source).with("fileName", fileName);
    return transport.upload(base + "/statements", query, file, new TypeReference<>() {});
  }

  /// As [#upload(String, String, byte[])], without holding the file in memory.
  ///
  /// @throws java.io.UncheckedIOException when the file cannot be read
  public StatementImport upload(String source, String fileName, Path file) {
    Query query = Query.ALL.with("source", source).with("fileName", fileName);
    return transport.upload(base + "/statements", query, file, new TypeReference<>() {});
  }

  public Statement statement(StatementId id) {
    return transport.get(base + "/statements/" + id, Query.ALL, new TypeReference<>() {});
  }

  public StatementImport statementImport(String importId) {
    return transport.get(
        base + "/statement-imports/" + Query.encode(importId), Query.ALL, new TypeReference<>() {});
  }

  public Page<Statement> statements(Query query) {
    return transport.get(base + "/statements", query, new TypeReference<>() {});
  }

  public Page<StatementLine> lines(StatementId id, Query query) {
    return transport.get(base + "/statements/" + id + "/lines", query, new TypeReference<>() {});
  }

  public Started start(ReconciliationRequest request, Intent intent) {
    return transport.post(base + "/reconciliations", request, intent, new TypeReference<>() {});
  }

  public Reconciliation run(RunId id) {
    return transport.get(base + "/reconciliations/" + id, Query.ALL, new TypeReference<>() {});
  }

  public Page<Match> matches(Query query) {
    return transport.get(base + "/matches", query, new TypeReference<>() {});
  }

  public void undo(MatchId id, ReasonRequest request, Intent intent) {
    transport.exchange(base + "/matches/" + id + "/undo", request, intent);
  }

  /// A work queue: the page says how many there are in all.
  public Page<ExceptionCase> exceptions(Query query) {
    return transport.get(base + "/exceptions", query, new TypeReference<>() {});
  }

  public ExceptionCase exception(ExceptionId id) {
    return transport.get(path(id), Query.ALL, new TypeReference<>() {});
  }

  public void assign(ExceptionId id, AssignRequest request, Intent intent) {
    transport.exchange(path(id) + "/assign", request, intent);
  }

  public void comment(ExceptionId id, CommentRequest request, Intent intent) {
    transport.exchange(path(id) + "/comments", request, intent);
  }

  public void match(ExceptionId id, MatchRequest request, Intent intent) {
    transport.exchange(path(id) + "/match", request, intent);
  }

  /// Whether the dismissal awaits a second person is seen in the exception's state.
  public void dismiss(ExceptionId id, ReasonRequest request, Intent intent) {
    transport.exchange(path(id) + "/dismiss", request, intent);
  }

  public void reopen(ExceptionId id, ReasonRequest request, Intent intent) {
    transport.exchange(path(id) + "/reopen", request, intent);
  }

  /// Each exception has an outcome of its own; a refusal of one refuses no other.
  public ExceptionBulkAnswer bulk(ExceptionBulkRequest request, Intent intent) {
    return transport.post(base + "/exceptions/bulk", request, intent, new TypeReference<>() {});
  }

  private String path(ExceptionId id) {
    return base + "/exceptions/" + id;
  }

  /// A run that has been asked for.
  public record Started(RunId id) {}
}
