package io.countersign.server.reconciliation.cases;

import io.countersign.model.WireName;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.reconciliation.CaseEvent;
import io.countersign.model.reconciliation.Comment;
import io.countersign.model.reconciliation.ExceptionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What happened to an exception and what was said: appended, never changed.
@Component
class CaseHistoryStore {

  // The case's row is locked meanwhile, so no two events take one number.
  private static final String APPEND_EVENT =
      """
      INSERT INTO reconciliation.exception_event
        (ledger_id, case_id, number, at, by, type, from_state, to_state, detail)
      SELECT :ledger, :id, coalesce(max(number), 0) + 1, :at, :by, :type, :from, :to, :detail
      FROM reconciliation.exception_event WHERE ledger_id = :ledger AND case_id = :id
      """;
  private static final String EVENTS =
      """
      SELECT at, by, type, from_state, to_state, detail FROM reconciliation.exception_event
      WHERE ledger_id = :ledger AND case_id = :id ORDER BY number
      """;
  private static final String APPEND_COMMENT =
      """
      INSERT INTO reconciliation.exception_comment (ledger_id, case_id, number, at, by, text)
      SELECT :ledger, :id, coalesce(max(number), 0) + 1, :at, :by, :text
      FROM reconciliation.exception_comment WHERE ledger_id = :ledger AND case_id = :id
      """;
  private static final String COMMENTS =
      """
      SELECT at, by, text FROM reconciliation.exception_comment
      WHERE ledger_id = :ledger AND case_id = :id ORDER BY number
      """;

  private final JdbcClient jdbc;

  CaseHistoryStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void append(int ledger, ExceptionId id, CaseEvent event) {
    jdbc.sql(APPEND_EVENT)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .param("at", event.at().atOffset(ZoneOffset.UTC))
        .param("by", event.by())
        .param("type", event.type())
        .param("from", wire(event.from()))
        .param("to", wire(event.to()))
        .param("detail", event.detail())
        .update();
  }

  void append(int ledger, ExceptionId id, Comment comment) {
    jdbc.sql(APPEND_COMMENT)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .param("at", comment.at().atOffset(ZoneOffset.UTC))
        .param("by", comment.by())
        .param("text", comment.text())
        .update();
  }

  List<CaseEvent> events(int ledger, ExceptionId id) {
    return jdbc.sql(EVENTS)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(CaseHistoryStore::event)
        .list();
  }

  List<Comment> comments(int ledger, ExceptionId id) {
    return jdbc.sql(COMMENTS)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(
            (row, number) ->
                new Comment(
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("by"),
                    row.getString("text")))
        .list();
  }

  private static CaseEvent event(ResultSet row, int number) throws SQLException {
    return new CaseEvent(
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("by"),
        row.getString("type"),
        state(row.getString("from_state")),
        state(row.getString("to_state")),
        row.getString("detail"));
  }

  private static @Nullable ExceptionState state(@Nullable String wire) {
    return wire == null ? null : WireName.parse(ExceptionState.class, wire);
  }

  private static @Nullable String wire(@Nullable ExceptionState state) {
    return state == null ? null : state.wire();
  }
}
