package io.countersign.server.payments;

import io.countersign.model.WireName;
import io.countersign.model.payments.PaymentDifference;
import io.countersign.model.payments.PaymentVerification;
import io.countersign.model.seals.VerificationState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class PaymentVerificationStore {

  private static final String INSERT =
      """
      INSERT INTO payments.verification
        (ledger_id, id, state, checked, differing, differences, requested_by, started_at)
      VALUES (:ledger, :id, 'running', 0, 0, '[]'::jsonb, :requestedBy, :at)
      ON CONFLICT (ledger_id) WHERE state = 'running' DO NOTHING
      """;
  private static final String SELECT =
      """
      SELECT state, checked, differing, differences, requested_by, started_at, finished_at
      FROM payments.verification WHERE ledger_id = :ledger
      """;
  private static final String LATEST = SELECT + " ORDER BY id DESC LIMIT 1";
  private static final String FIND = SELECT + " AND id = :id";
  private static final String UPDATE =
      """
      UPDATE payments.verification
      SET state = :state, checked = :checked, differing = :differing,
          differences = :differences::jsonb, finished_at = :finishedAt
      WHERE ledger_id = :ledger AND id = :id AND state = 'running'
      """;
  private static final TypeReference<List<PaymentDifference>> DIFFERENCES =
      new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  PaymentVerificationStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// @return false when one is running
  boolean insert(int ledger, UUID id, String requestedBy, Instant at) {
    return jdbc.sql(INSERT)
            .param("ledger", ledger)
            .param("id", id)
            .param("requestedBy", requestedBy)
            .param("at", utc(at))
            .update()
        == 1;
  }

  Optional<PaymentVerification> latest(int ledger) {
    return jdbc.sql(LATEST).param("ledger", ledger).query(this::verification).optional();
  }

  Optional<PaymentVerification> find(int ledger, UUID id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id)
        .query(this::verification)
        .optional();
  }

  /// @return false when it was finished before
  boolean update(int ledger, UUID id, PaymentVerification verification) {
    Instant finishedAt = verification.finishedAt();
    return jdbc.sql(UPDATE)
            .param("state", verification.state().wire())
            .param("checked", verification.checked())
            .param("differing", verification.differing())
            .param("differences", json.writeValueAsString(verification.differences()))
            .param("finishedAt", finishedAt == null ? null : utc(finishedAt))
            .param("ledger", ledger)
            .param("id", id)
            .update()
        == 1;
  }

  private PaymentVerification verification(ResultSet row, int number) throws SQLException {
    @Nullable OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
    return new PaymentVerification(
        WireName.parse(VerificationState.class, row.getString("state")),
        row.getLong("checked"),
        row.getLong("differing"),
        json.readValue(row.getString("differences"), DIFFERENCES),
        row.getString("requested_by"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        finishedAt == null ? null : finishedAt.toInstant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
