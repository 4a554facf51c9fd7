package io.countersign.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import io.countersign.server.testing.PlantedPool;
import io.countersign.server.testing.PlantedPool.Plant;
import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.TestPropertySource;

/// That the histories find bugs: each of these, planted in the statements of a running server, and
/// without a bug nothing. A history that happens not to meet one is followed by another.
@ServerTest
@TestPropertySource(
    properties = {
      "countersign.journal.watermark-every=PT0.05S",
      "countersign.holds.expire-every=PT1S"
    })
class PlantedBugsTest {

  private static final int HISTORIES_MAX = 12;
  private static final int CLIENTS = 8;
  private static final int STEPS = 25;
  private static final int SLOW_COMMIT_MILLIS = 12;
  private static final AtomicInteger HISTORIES = new AtomicInteger();

  @TestConfiguration(proxyBeanMethods = false)
  static class Plantable {

    @Bean
    static BeanPostProcessor plantablePool() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          if (bean instanceof HikariDataSource pool && !(pool instanceof PlantedPool)) {
            PlantedPool planted = new PlantedPool(pool);
            pool.close();
            return planted;
          }
          return bean;
        }
      };
    }
  }

  @Value("${local.server.port}")
  int port;

  @Autowired HikariDataSource pool;
  @Autowired Database database;

  static Stream<Arguments> bugs() {
    return Stream.of(
        bug(
            "no floor lock",
            "insufficient-funds says the reference",
            "a.id = asked.id FOR NO KEY UPDATE",
            "a.id = asked.id"),
        bug(
            "REPEATABLE READ",
            "insufficient-funds says the reference",
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"),
        bug(
            "key skipped",
            "second effect",
            "owner::uuid, key, fingerprint, status::smallint",
            "owner::uuid, key || '~' || gen_random_uuid(), fingerprint, status::smallint"),
        bug(
            "months that never close",
            "after an acknowledged close",
            "closed.closed_from, closed.closed_through, chart.mark",
            "NULL::date AS closed_from, NULL::date AS closed_through, chart.mark"),
        bug(
            "accounts remembered whatever the mark",
            "after an acknowledged freeze",
            "SELECT mark FROM journal.chart_state WHERE ledger_id = ?",
            """
            SELECT '00000000-0000-0000-0000-000000000000'::uuid AS mark WHERE ?::int IS NOT NULL
            """),
        bug(
            "checkpoint past the watermark",
            "is not the sum of its entries",
            """
            SELECT sequence, closed_at FROM journal.watermark
            WHERE ledger_id = ? ORDER BY sequence DESC LIMIT 1
            """,
            """
            SELECT sequence, clock_timestamp() AS closed_at FROM journal.transaction
            WHERE ledger_id = ? ORDER BY sequence DESC LIMIT 1
            """),
        bug(
            "sums remembered past the watermark",
            "refused for no reason",
            """
                   EXISTS (SELECT FROM journal.watermark w WHERE w.ledger_id = ?
                           AND w.sequence = ?::bigint AND w.closed_at = ?::timestamptz)
                     AS same
            FROM (SELECT) AS one
            LEFT JOIN LATERAL (
              SELECT sequence, closed_at FROM journal.watermark
            """,
            """
                   ?::integer + ?::bigint IS NULL OR ?::timestamptz IS NULL OR true AS same
            FROM (SELECT) AS one
            LEFT JOIN LATERAL (
              SELECT sequence, clock_timestamp() AS closed_at FROM journal.transaction
            """),
        bug(
            "expiry that stops counting before it is appended",
            "insufficient-funds says the reference",
            "AND e.sequence > coalesce(a.known, base.through, 0) AND e.layer IN (0, 1)",
            """
            AND e.sequence > coalesce(a.known, base.through, 0) AND e.layer IN (0, 1)
            AND NOT EXISTS (
              SELECT FROM journal.transaction t
              JOIN journal.hold h ON h.ledger_id = t.ledger_id AND h.opened_by = t.id
              WHERE t.ledger_id = e.ledger_id AND t.sequence = e.sequence
                AND h.expires_at <= clock_timestamp()
                AND NOT EXISTS (SELECT FROM journal.hold_end n
                                WHERE n.ledger_id = h.ledger_id AND n.hold_id = h.id))
            """));
  }

  private static Arguments bug(String name, String complaint, String instead, String bug) {
    return Arguments.of(name, complaint, new Plant(instead, bug));
  }

  // Few entries make a checkpoint then, so that a short history has many. Not for the bug that
  // reads past them.
  private void makeCheckpointsOften() {
    planted().always(new Plant("waiting) >= ?", "waiting) >= least(?, 8)"));
  }

  // Sums that were remembered while a hold was open have it in, and hide this bug for seconds.
  private void addUpAllEntries() {
    planted().always(new Plant("AS same", "AND false AS same"));
  }

  @AfterEach
  void unplant() {
    planted().unplant();
    planted().always(PlantedPool.NOTHING);
    // With the bug a month could not be reopened either.
    owner().sql("DELETE FROM journal.period_change").update();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void a_planted_bug_is_found(String name, String complaint, Plant bug) throws Exception {
    planted().plant(bug);
    if (name.startsWith("checkpoint")) {
      makeCheckpointsOften();
    }
    if (name.startsWith("expiry")) {
      addUpAllEntries();
    }
    assertFound(complaint);
    assertThat(planted().sown()).as("statements with the bug").isPositive();
  }

  @Test
  void a_freeze_read_from_a_cache_is_found() throws Exception {
    JdbcClient owner = owner();
    owner
        .sql("CREATE TABLE accounts.cached AS SELECT * FROM accounts.account WITH NO DATA")
        .update();
    owner.sql("GRANT SELECT ON accounts.cached TO " + database.application().user()).update();
    Thread refresh = Thread.ofVirtual().start(() -> refreshForEver(owner));
    planted()
        .plant(
            new Plant(
                "FROM accounts.account a\n  WHERE a.ledger_id = ? AND a.code = asked.code",
                "FROM accounts.cached a\n  WHERE a.ledger_id = ? AND a.code = asked.code"));
    try {
      assertFound("after an acknowledged freeze");
      assertThat(planted().sown()).isPositive();
    } finally {
      refresh.interrupt();
      refresh.join();
    }
  }

  @Test
  void without_a_bug_nothing_is_found() throws Exception {
    assertThat(wrongs()).isEmpty();
    makeCheckpointsOften();
    assertThat(wrongs()).isEmpty();
  }

  private void assertFound(String complaint) throws Exception {
    for (int i = 0; i < HISTORIES_MAX; i++) {
      if (wrongs().stream().anyMatch(wrong -> wrong.contains(complaint))) {
        return;
      }
    }
    throw new AssertionError(HISTORIES_MAX + " histories did not find it");
  }

  private List<String> wrongs() throws Exception {
    int number = HISTORIES.incrementAndGet();
    TestApi api = TestApi.at(port);
    String prefix = "planted" + number;
    Client client = ApiKeys.client(port, api, prefix);
    History history = new History(prefix, number, CLIENTS, STEPS, client).open(api);
    planted().slowCommits(SLOW_COMMIT_MILLIS);
    try {
      history.run(List.of());
    } finally {
      planted().slowCommits(0);
    }
    return history.wrongs(owner());
  }

  // A cache of some age: what was frozen meanwhile is open in it.
  private static void refreshForEver(JdbcClient owner) {
    while (!Thread.currentThread().isInterrupted()) {
      owner
          .sql(
              """
              WITH gone AS (DELETE FROM accounts.cached)
              INSERT INTO accounts.cached SELECT * FROM accounts.account
              """)
          .update();
      try {
        Thread.sleep(150);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private PlantedPool planted() {
    return (PlantedPool) pool;
  }

  private JdbcClient owner() {
    Credentials owner = Objects.requireNonNull(database.owner());
    return JdbcClient.create(
        new DriverManagerDataSource(database.url(), owner.user(), owner.password()));
  }
}
