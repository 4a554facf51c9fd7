package io.countersign.server.journal;

import static io.countersign.server.journal.JournalPages.percentile;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a balance costs on an account with very many entries and on one with ten thousand, in the
/// same books.
final class AccountBalances {

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

  private AccountBalances() {}

  /// @return of each question, the 99th percentile on the one account divided by that on the other
  static Map<String, Double> measure(JdbcClient jdbc) {
    List<Subject> all = subjects(jdbc);
    Subject many = all.getFirst();
    Subject few =
        all.stream()
            .min(Comparator.comparingLong(it -> Math.abs(it.entries() - FEW)))
            .orElseThrow();
    System.out.printf("  accounts of %,d and of %,d entries%n", many.entries(), few.entries());
    Map<String, Double> ratios = new LinkedHashMap<>();
    questions(jdbc)
        .forEach((name, question) -> ratios.put(name, compare(name, question, many, few)));
    return ratios;
  }

  private static List<Subject> subjects(JdbcClient jdbc) {
    return jdbc
        .sql(ENTRIES)
        .query(
            (row, number) ->
                new Subject(row.getObject("account_id", UUID.class), row.getLong("entries")))
        .list()
        .stream()
        .sorted(Comparator.comparingLong(Subject::entries).reversed())
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

  private static double compare(
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
    System.out.printf(
        "  %-22s many p50 %,6d us, p99 %,6d us | few p50 %,6d us, p99 %,6d us%n",
        name,
        percentile(ofMany, 50),
        percentile(ofMany, 99),
        percentile(ofFew, 50),
        percentile(ofFew, 99));
    return percentile(ofMany, 99) / (double) percentile(ofFew, 99);
  }

  private static long micros(BiConsumer<UUID, LocalDate> question, UUID account, LocalDate day) {
    long begun = System.nanoTime();
    question.accept(account, day);
    return (System.nanoTime() - begun) / 1_000;
  }
}
