package io.countersign.server.idempotency;

import io.countersign.server.api.Fingerprint;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.database.Transactions;
import io.countersign.server.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// Keys of one server, for tests of features that use them.
public final class IdempotencyFixture {

  public static final UUID OWNER = new UUID(7, 7);
  public static final Duration WINDOW = Duration.ofDays(3);

  public final Flights flights;
  public final Idempotency idempotency;
  public final GroupKeys groupKeys;

  public IdempotencyFixture(TestDatabase database, Clock clock) {
    this(database, database.transactions(), clock, Duration.ofSeconds(2));
  }

  public IdempotencyFixture(
      TestDatabase database, Transactions transactions, Clock clock, Duration wait) {
    IdempotencyProperties properties = new IdempotencyProperties(WINDOW, wait, 12);
    KeyStore store = new KeyStore(database.jdbc());
    AnswerWriter writer = new AnswerWriter(JsonMapper.shared());
    this.flights = new Flights(properties);
    this.idempotency = new Idempotency(store, transactions, writer, properties, flights, clock);
    this.groupKeys = new GroupKeys(store, writer, properties, clock);
  }

  /// @param body requests with the same number are the same request
  public static KeyedRequest request(String key, int body) {
    return new KeyedRequest(1, OWNER, key, fingerprint(body), "/v1/tests");
  }

  public static Fingerprint fingerprint(int body) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) body;
    bytes[1] = (byte) (body >> 8);
    return new Fingerprint(bytes);
  }
}
