package io.countersign.server.payments;

import io.countersign.server.database.SqlArrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ProviderReferenceStore {

  private static final String OF_PAYMENTS =
      """
      SELECT id, provider_key, provider_reference FROM payments.payment
      WHERE ledger_id = :ledger AND id = ANY(:ids::uuid[])
      """;
  private static final String OF_REFUNDS =
      """
      SELECT id, provider_key, provider_reference FROM payments.refund
      WHERE ledger_id = :ledger AND id = ANY(:ids::uuid[])
      """;

  private final JdbcClient jdbc;

  ProviderReferenceStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Map<UUID, List<String>> ofPayments(int ledger, Collection<UUID> ids) {
    return references(OF_PAYMENTS, ledger, ids);
  }

  Map<UUID, List<String>> ofRefunds(int ledger, Collection<UUID> ids) {
    return references(OF_REFUNDS, ledger, ids);
  }

  private Map<UUID, List<String>> references(String sql, int ledger, Collection<UUID> ids) {
    Map<UUID, List<String>> references = new HashMap<>();
    if (ids.isEmpty()) {
      return references;
    }
    jdbc.sql(sql)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(ids))
        .query(
            row -> {
              String key = row.getString("provider_key");
              String theirs = row.getString("provider_reference");
              references.put(
                  row.getObject("id", UUID.class),
                  theirs == null ? List.of(key) : List.of(key, theirs));
            });
    return references;
  }
}
