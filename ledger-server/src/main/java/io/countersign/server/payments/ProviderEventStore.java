package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReference;
import io.countersign.server.payments.provider.ProviderReply;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ProviderEventStore {

  // Waits for whoever has inserted the same event and not yet committed: it counts once.
  private static final String INSERT =
      """
      INSERT INTO payments.provider_event (ledger_id, provider, event_id, provider_key, amount,
          currency, outcome, detail, occurred_at, received_at, parked)
      VALUES (:ledger, :provider, :event, :key, :amount,
          :currency, :outcome, :detail, :occurredAt, :receivedAt, :parked)
      ON CONFLICT (ledger_id, provider, event_id) DO NOTHING
      """;
  private static final String PARKED =
      """
      SELECT outcome, detail, occurred_at FROM payments.provider_event
      WHERE ledger_id = :ledger AND provider = :provider AND provider_key = :key AND parked
        AND amount = :amount AND currency = :currency
      ORDER BY received_at LIMIT 1
      """;

  private final JdbcClient jdbc;

  ProviderEventStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @param parked whether what it is about is unknown so far
  /// @return whether this is the first time
  boolean insert(
      int ledger,
      String provider,
      String event,
      ProviderKey key,
      Money amount,
      ProviderReply outcome,
      Instant now,
      boolean parked) {
    Instant occurredAt = occurredAt(outcome, now);
    return jdbc.sql(INSERT)
            .param("ledger", ledger)
            .param("provider", provider)
            .param("event", event)
            .param("key", key.value())
            .param("amount", amount.minorUnits())
            .param("currency", amount.currency().toString())
            .param("outcome", name(outcome))
            .param("detail", detail(outcome))
            .param("occurredAt", utc(occurredAt))
            .param("receivedAt", utc(now))
            .param("parked", parked)
            .update()
        == 1;
  }

  Optional<ProviderReply> parked(int ledger, String provider, ProviderKey key, Money amount) {
    return jdbc.sql(PARKED)
        .param("ledger", ledger)
        .param("provider", provider)
        .param("key", key.value())
        .param("amount", amount.minorUnits())
        .param("currency", amount.currency().toString())
        .query(ProviderEventStore::reply)
        .optional();
  }

  private static ProviderReply reply(ResultSet row, int number) throws SQLException {
    String detail = row.getString("detail");
    Instant at = row.getObject("occurred_at", OffsetDateTime.class).toInstant();
    return switch (row.getString("outcome")) {
      case "charged" -> new ProviderReply.Charged(new ProviderReference(detail), at);
      case "refunded" -> new ProviderReply.Refunded(new ProviderReference(detail), at);
      default -> new ProviderReply.Declined(detail);
    };
  }

  private static String name(ProviderReply outcome) {
    return switch (outcome) {
      case ProviderReply.Charged _ -> "charged";
      case ProviderReply.Refunded _ -> "refunded";
      case ProviderReply.Declined _ -> "declined";
      default -> throw new IllegalArgumentException("no outcome: " + outcome);
    };
  }

  private static String detail(ProviderReply outcome) {
    return switch (outcome) {
      case ProviderReply.Charged charged -> charged.reference().value();
      case ProviderReply.Refunded refunded -> refunded.reference().value();
      case ProviderReply.Declined declined -> declined.code();
      default -> throw new IllegalArgumentException("no outcome: " + outcome);
    };
  }

  private static Instant occurredAt(ProviderReply outcome, Instant now) {
    return switch (outcome) {
      case ProviderReply.Charged charged -> charged.at();
      case ProviderReply.Refunded refunded -> refunded.at();
      default -> now;
    };
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
