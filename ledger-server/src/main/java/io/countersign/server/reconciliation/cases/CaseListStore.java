package io.countersign.server.reconciliation.cases;

import io.countersign.server.api.Cursor;
import io.countersign.server.api.Problems;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The work queue: filtered, sorted, read by keyset, with its total.
@Component
class CaseListStore {

  private static final String COUNT =
      "SELECT count(*) FROM reconciliation.exception_case c WHERE c.ledger_id = :ledger";

  private final CaseStore cases;
  private final JdbcClient jdbc;

  CaseListStore(CaseStore cases, JdbcClient jdbc) {
    this.cases = cases;
    this.jdbc = jdbc;
  }

  long count(int ledger, CaseFilter filter) {
    Map<String, Object> parameters = new HashMap<>();
    String conditions = conditions(filter, parameters);
    return jdbc.sql(COUNT + conditions)
        .param("ledger", ledger)
        .params(parameters)
        .query(Long.class)
        .single();
  }

  List<CaseRow> page(int ledger, CaseFilter filter, @Nullable String after, int rows) {
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder sql = new StringBuilder(conditions(filter, parameters));
    CaseFilter.Sort sort = filter.sort();
    if (after != null) {
      List<String> place = Cursor.read(after, 3);
      if (!place.getFirst().equals(sort.name())) {
        throw Problems.invalidRequest("after", "is a cursor of another sort").asException();
      }
      // Both parts in one direction: ids only order what is equal otherwise.
      sql.append(
          " AND (%1$s %2$s :afterKey::%3$s OR (%1$s = :afterKey::%3$s AND c.id %2$s :afterId::uuid))"
              .formatted(sort.key, sort.beyond, sort.type));
      parameters.put("afterKey", place.get(1));
      parameters.put("afterId", place.getLast());
    }
    sql.append(" ORDER BY %1$s %2$s, c.id %2$s LIMIT :rows".formatted(sort.key, sort.direction));
    parameters.put("rows", rows);
    return cases.query(ledger, sql.toString(), parameters);
  }

  static String cursor(CaseRow row, CaseFilter.Sort sort) {
    Object key =
        switch (sort) {
          case AGE -> row.openedAt();
          case DUE -> row.dueAt();
          case AMOUNT -> row.amount() == null ? 0L : Math.absExact(row.amount());
        };
    return Cursor.of(sort.name(), key, row.id().uuid());
  }

  private static String conditions(CaseFilter filter, Map<String, Object> parameters) {
    StringBuilder sql = new StringBuilder();
    if (filter.state() != null) {
      sql.append(" AND c.state = :state");
      parameters.put("state", filter.state().wire());
    }
    if (filter.category() != null) {
      sql.append(" AND c.category = :category");
      parameters.put("category", filter.category().wire());
    }
    if (filter.assignee() != null) {
      sql.append(" AND c.assignee = :assignee");
      parameters.put("assignee", filter.assignee());
    }
    if (filter.source() != null) {
      sql.append(" AND c.source = :source");
      parameters.put("source", filter.source());
    }
    if (filter.openedBefore() != null) {
      sql.append(" AND c.opened_at <= :openedBefore");
      parameters.put("openedBefore", filter.openedBefore().atOffset(ZoneOffset.UTC));
    }
    if (filter.minAmount() != null) {
      sql.append(" AND abs(c.amount) >= :minAmount");
      parameters.put("minAmount", filter.minAmount());
    }
    if (filter.text() != null) {
      sql.append(" AND c.words ILIKE :text");
      parameters.put("text", '%' + escaped(filter.text()) + '%');
    }
    return sql.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
