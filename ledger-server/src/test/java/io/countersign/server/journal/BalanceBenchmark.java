package io.countersign.server.journal;

import static io.countersign.server.journal.JournalPageBenchmark.millisSince;
import static io.countersign.server.journal.JournalPageBenchmark.percentile;
import static io.countersign.server.journal.JournalPageBenchmark.say;

import io.countersign.server.database.EmbeddedPostgres;
import io.countersign.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a balance costs on an account with very many entries and on one with ten thousand, in the
/// same books. No test: it prints a table.
///
/// ```
/// mvn -pl ledger-server -am test -Dtest=BalanceBenchmark -Dsurefire.failIfNoSpecifiedTests=false \
///   -Dcountersign.bench.balances=5000000 -Dcountersign.bench.home=/some/folder
/// ```
///
/// The folder keeps the generated books for the next run; those of [JournalPageBenchmark] will do.
@EnabledIfSystemProperty(named = "countersign.bench.balances", matches = "[0-9]+")
class BalanceBenchmark {

  private static final int WARM_UPS = 300;
  private static final int RUNS = 3_000;
  private static final int DAYS = 900;
  private static final int FEW = 10_000;

  private static final String ENTRIES =
      """
      SELECT account_id, count(*) AS entries FROM journal.entry
      WHERE ledger_id = 1 GROUP BY account_id
      """;

  private record Subject(UUID account, long entries) {}

  @Test
  void balances() throws IOException {
    Path home = Path.of(Objects.requireNonNull(System.getProperty("countersign.bench.home")));
    int transactions = Integer.getInteger("countersign.bench.balances");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home, Map.of());
        TestDatabase database = JournalPageBenchmark.filled(postgres, transactions)) {
      JournalFixture books = JournalFixture.over(database);
      long begun = System.nanoTime();
      books.checkpoints.build(1, books.watermarks.take(1));
      say("checkpoints built in %,d ms".formatted(millisSince(begun)));
      List<Subject> all = subjects(database.jdbc());
      Subject many = all.getFirst();
      Subject few =
          all.stream()
              .min(java.util.Comparator.comparingLong(it -> Math.abs(it.entries() - FEW)))
              .orElseThrow();
      say("entries: %,d and %,d".formatted(many.entries(), few.entries()));
      questions(database.jdbc()).forEach((name, question) -> compare(name, question, many, few));
    }
  }

  private static List<Subject> subjects(JdbcClient jdbc) {
    return jdbc
        .sql(ENTRIES)
        .query(
            (row, number) ->
                new Subject(row.getObject("account_id", UUID.class), row.getLong("entries")))
        .list()
        .stream()
        .sorted(java.util.Comparator.comparingLong(Subject::entries).reversed())
        .toList();
  }

  private static Map<String, BiConsumer<UUID, LocalDate>> questions(JdbcClient jdbc) {
    BalanceStore balances = new BalanceStore(jdbc);
    AccountStatementStore statements = new AccountStatementStore(jdbc);
    JournalStore floors = new JournalStore(jdbc, tools.jackson.databind.json.JsonMapper.shared());
    Map<String, BiConsumer<UUID, LocalDate>> questions = new LinkedHashMap<>();
    questions.put("now", (account, day) -> balances.sums(1, account, Days.LAST, AsOf.NOW));
    questions.put("on a past day", (account, day) -> balances.sums(1, account, day, AsOf.NOW));
    questions.put(
        "for a floor",
        (account, day) -> floors.available(1, List.of(account), Map.of(), Long.MAX_VALUE));
    questions.put(
        "a page of 100 entries",
        (account, day) ->
            statements.page(
                1, account, new AccountStatementStore.Position(day, 0, 0), Days.LAST, 101));
    return questions;
  }

  private static void compare(
      String name, BiConsumer<UUID, LocalDate> question, Subject many, Subject few) {
    Random random = new Random(5);
    List<Long> ofMany = new ArrayList<>();
    List<Long> ofFew = new ArrayList<>();
    for (int run = -WARM_UPS; run < RUNS; run++) {
      LocalDate day = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(DAYS));
      long takenByMany = micros(question, many.account(), day);
      long takenByFew = micros(question, few.account(), day);
      if (run >= 0) {
        ofMany.add(takenByMany);
        ofFew.add(takenByFew);
      }
    }
    say(
        "%-22s | many p50 %,6d us, p99 %,6d us | few p50 %,6d us, p99 %,6d us"
            .formatted(
                name,
                percentile(ofMany, 50),
                percentile(ofMany, 99),
                percentile(ofFew, 50),
                percentile(ofFew, 99)));
  }

  private static long micros(BiConsumer<UUID, LocalDate> question, UUID account, LocalDate day) {
    long begun = System.nanoTime();
    question.accept(account, day);
    return (System.nanoTime() - begun) / 1_000;
  }
}
