package io.countersign.server.journal;

import io.countersign.model.CurrencyCode;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import io.countersign.server.database.EmbeddedPostgres;
import io.countersign.server.database.Migrations;
import io.countersign.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// What the first page of the journal costs in short and in long books. No test: it prints a table.
///
/// ```
/// mvn -pl ledger-server -am test -Dtest=JournalPageBenchmark -Dsurefire.failIfNoSpecifiedTests=false \
///   -Dcountersign.bench.transactions=50000,5000000 -Dcountersign.bench.home=/some/folder
/// ```
///
/// The folder keeps the generated books for the next run. With `-Dcountersign.bench.explain=true`
/// every filter runs once, and PostgreSQL's log (`postgres.log` in the folder) has each statement's
/// plan with times and buffers.
@EnabledIfSystemProperty(named = "countersign.bench.transactions", matches = "[0-9,]+")
class JournalPageBenchmark {

  private static final boolean EXPLAINS = Boolean.getBoolean("countersign.bench.explain");
  private static final int WARM_UPS = EXPLAINS ? 0 : 10;
  private static final int RUNS = EXPLAINS ? 1 : 40;
  private static final Map<String, String> EXPLAINING =
      Map.of(
          "session_preload_libraries", "auto_explain",
          "auto_explain.log_min_duration", "0",
          "auto_explain.log_analyze", "on",
          "auto_explain.log_buffers", "on");
  private static final int PAGE = 100;
  private static final Credentials OWNER = new Credentials("bench_owner", "owner");
  private static final Credentials APPLICATION = new Credentials("bench_app", "app");

  /// @param microseconds of each run
  private record Timing(String filter, int found, List<Long> microseconds) {}

  private record Measured(int transactions, List<Timing> timings) {}

  @Test
  void first_pages() throws IOException {
    Path home = Path.of(Objects.requireNonNull(System.getProperty("countersign.bench.home")));
    String sizes = Objects.requireNonNull(System.getProperty("countersign.bench.transactions"));
    List<Measured> results = new ArrayList<>();
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(home, EXPLAINS ? EXPLAINING : Map.of())) {
      for (String size : sizes.split(",", -1)) {
        results.add(measure(postgres, Integer.parseInt(size)));
      }
    }
    print(results);
  }

  private static Measured measure(EmbeddedPostgres postgres, int transactions) {
    try (TestDatabase database = filled(postgres, transactions)) {
      JournalFixture books = JournalFixture.over(database);
      List<Timing> timings = new ArrayList<>();
      filters(transactions)
          .forEach(
              (name, filter) ->
                  timings.add(new Timing(name, found(books, filter), new ArrayList<>())));
      List<TransactionFilter> filters = List.copyOf(filters(transactions).values());
      // In turns, so that no filter finds its own pages warm from just before.
      for (int run = -WARM_UPS; run < RUNS; run++) {
        for (int i = 0; i < filters.size(); i++) {
          long begun = System.nanoTime();
          found(books, filters.get(i));
          long taken = (System.nanoTime() - begun) / 1000;
          if (run >= 0) {
            timings.get(i).microseconds().add(taken);
          }
        }
      }
      return new Measured(transactions, timings);
    }
  }

  private static int found(JournalFixture books, TransactionFilter filter) {
    return books.reader.page(1, filter, null, PAGE).items().size();
  }

  static TestDatabase filled(EmbeddedPostgres postgres, int transactions) {
    JdbcClient superuser =
        JdbcClient.create(
            new DriverManagerDataSource(
                postgres.jdbcUrl("postgres"), EmbeddedPostgres.OWNER, postgres.ownerPassword()));
    String name = "books_" + transactions;
    Database database = new Database(postgres.jdbcUrl(name), APPLICATION, OWNER);
    boolean known =
        superuser
            .sql("SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = :name)")
            .param("name", name)
            .query(Boolean.class)
            .single();
    if (!known) {
      if (superuser
          .sql("SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'bench_owner')")
          .query(Boolean.class)
          .single()) {
        superuser.sql("CREATE ROLE bench_owner LOGIN CREATEROLE PASSWORD 'owner'").update();
      }
      superuser.sql("CREATE DATABASE " + name + " OWNER bench_owner").update();
    }
    Migrations.apply(database);
    TestDatabase books = TestDatabase.of(database);
    if (!known) {
      long begun = System.nanoTime();
      JournalSearchTest.fill(books, transactions, Math.max(100, transactions / 50));
      say("%,d transactions generated in %,d ms".formatted(transactions, millisSince(begun)));
    }
    long begun = System.nanoTime();
    int blocks = 0;
    while (JournalFixture.over(books).searchIndex.takeNext(1)) {
      blocks++;
    }
    say("%,d blocks taken in in %,d ms".formatted(blocks, millisSince(begun)));
    if (blocks > 0) {
      books.jdbcAsOwner().sql("VACUUM ANALYZE").update();
    }
    say("sizes: " + sizes(books));
    return books;
  }

  private static String sizes(TestDatabase books) {
    return String.join(
        ", ",
        books
            .jdbc()
            .sql(
                """
                SELECT relname || ' ' || pg_size_pretty(pg_table_size(oid)) || ' + '
                       || pg_size_pretty(pg_indexes_size(oid))
                FROM pg_catalog.pg_class
                WHERE relnamespace = 'journal'::regnamespace AND relkind = 'r'
                  AND relname IN ('transaction', 'entry', 'search_recent', 'search_posting')
                ORDER BY relname
                """)
            .query(String.class)
            .list());
  }

  private static Map<String, TransactionFilter> filters(int transactions) {
    Map<String, TransactionFilter> filters = new LinkedHashMap<>();
    filters.put("everything", new Asked().build());
    filters.put("everything, oldest first", new Asked().oldest().build());
    filters.put("an account in almost everything", new Asked().account("eur:bank").build());
    filters.put(
        "an account with a few hundred entries", new Asked().account("eur:wallet:17").build());
    filters.put("an account with one entry", new Asked().account("once").build());
    filters.put("an account without entries", new Asked().account("never").build());
    filters.put(
        "a small merchant, oldest first", new Asked().account("eur:merchant:180").oldest().build());
    filters.put("a frequent kind", new Asked().kind(TransactionKind.TRANSFER).build());
    filters.put("a kind that is nowhere", new Asked().kind(TransactionKind.WRITE_OFF).build());
    filters.put(
        "two frequent things that never meet",
        new Asked().account("eur:bank").kind(TransactionKind.TRANSFER).build());
    filters.put(
        "frequent account, other currency",
        new Asked().account("eur:bank").currency("USD").build());
    filters.put("fees, large amounts", new Asked().account("eur:fees").least(5_000).build());
    filters.put(
        "frequent kind, text of another kind",
        new Asked().kind(TransactionKind.TRANSFER).text("müller").build());
    filters.put("frequent text", new Asked().text("order").build());
    filters.put("one letter", new Asked().text("z").build());
    filters.put("two letters", new Asked().text("山田").build());
    filters.put("a text that is nowhere", new Asked().text("zebra").build());
    filters.put(
        "one reference as text", new Asked().text("inv-%09d".formatted(transactions / 2)).build());
    filters.put("a card payment's digits", new Asked().text("a87ff679a2f3").build());
    filters.put(
        "one reference", new Asked().reference("INV-%09d".formatted(transactions / 3 * 2)).build());
    filters.put("a shared reference", new Asked().reference("payroll-2024-05").build());
    filters.put(
        "a shared reference, rare kind",
        new Asked().reference("payroll-2024-05").kind(TransactionKind.WRITE_OFF).build());
    filters.put("an amount nobody has", new Asked().least(123_456_789).most(123_456_799).build());
    filters.put("an exact amount", new Asked().least(12_347).most(12_347).build());
    filters.put("beside a round amount", new Asked().least(1_001).most(1_003).build());
    filters.put("the largest amounts", new Asked().least(285_000).build());
    filters.put(
        "frequent account, amounts nobody has there",
        new Asked().account("usd:bank").least(285_700).build());
    filters.put(
        "first days, newest first", new Asked().from("2024-01-01").to("2024-01-03").build());
    filters.put("days before the books", new Asked().to("2023-01-01").build());
    filters.put(
        "a month, a kind, a currency and an amount",
        new Asked()
            .from("2025-02-01")
            .to("2025-02-28")
            .kind(TransactionKind.REFUND)
            .currency("USD")
            .least(1_000)
            .build());
    filters.put(
        "everything at once",
        new Asked()
            .account("eur:merchant:3")
            .kind(TransactionKind.CHARGE)
            .text("card")
            .from("2024-02-01")
            .to("2026-01-01")
            .least(100)
            .most(250_000)
            .currency("EUR")
            .build());
    return filters;
  }

  private static void print(List<Measured> results) {
    for (int i = 0; i < results.getFirst().timings().size(); i++) {
      StringBuilder line =
          new StringBuilder("%-46s".formatted(results.getFirst().timings().get(i).filter()));
      for (Measured measured : results) {
        Timing timing = measured.timings().get(i);
        line.append(
            " | %4d found, p50 %,7d us, p95 %,7d us"
                .formatted(
                    timing.found(),
                    percentile(timing.microseconds(), 50),
                    percentile(timing.microseconds(), 95)));
      }
      say(line.toString());
    }
    for (Measured measured : results) {
      List<Long> every =
          measured.timings().stream().flatMap(it -> it.microseconds().stream()).toList();
      say(
          "%,d transactions: p50 %,d us, p95 %,d us over all of them"
              .formatted(measured.transactions(), percentile(every, 50), percentile(every, 95)));
    }
  }

  static long percentile(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  static long millisSince(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  static void say(String line) {
    System.out.println("BENCH " + line);
  }

  /// Puts a filter together.
  private static final class Asked {
    private @Nullable UUID account;
    private @Nullable TransactionKind kind;
    private @Nullable String reference;
    private @Nullable String text;
    private @Nullable LocalDate from;
    private @Nullable LocalDate to;
    private @Nullable Long least;
    private @Nullable Long most;
    private @Nullable CurrencyCode currency;
    private boolean newest = true;

    Asked account(String code) {
      account = GeneratedBooks.accountId(code);
      return this;
    }

    Asked kind(TransactionKind value) {
      kind = value;
      return this;
    }

    Asked reference(String value) {
      reference = value;
      return this;
    }

    Asked text(String value) {
      text = value;
      return this;
    }

    Asked from(String day) {
      from = LocalDate.parse(day);
      return this;
    }

    Asked to(String day) {
      to = LocalDate.parse(day);
      return this;
    }

    Asked least(long amount) {
      least = amount;
      return this;
    }

    Asked most(long amount) {
      most = amount;
      return this;
    }

    Asked currency(String code) {
      currency = CurrencyCode.of(code);
      return this;
    }

    Asked oldest() {
      newest = false;
      return this;
    }

    TransactionFilter build() {
      return new TransactionFilter(
          account, kind, reference, text, from, to, least, most, currency, newest);
    }
  }
}
