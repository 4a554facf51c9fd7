package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.api.Page;
import io.countersign.server.database.Transactions;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/// Compares what the journal finds with what a filter in memory finds, over books that fill a large
/// block of the index, three small ones and a part of a fourth.
class JournalSearchTest {

  private static final int TRANSACTIONS = SearchBlock.LARGE + 3 * SearchBlock.SMALL + 3000;
  private static final int WALLETS = 300;
  private static final long SEED = 20260301;

  private static TestDatabase database;
  private static JournalFixture books;
  private static List<Transaction> all;
  private static Map<String, UUID> accounts = new HashMap<>();

  @BeforeAll
  static void fill() {
    database = TestPostgres.fresh();
    books = new JournalFixture(database);
    fill(database, TRANSACTIONS, WALLETS);
    JdbcClient jdbc = database.jdbc();
    jdbc.sql("SELECT code, id FROM accounts.account")
        .query(
            row -> {
              accounts.put(row.getString(1), row.getObject(2, UUID.class));
            });
    all = new ArrayList<>(TRANSACTIONS);
    List<Long> sequences =
        jdbc.sql("SELECT sequence FROM journal.transaction ORDER BY 1").query(Long.class).list();
    for (int i = 0; i < sequences.size(); i += 5000) {
      all.addAll(
          books.reader.find(1, ids(sequences.subList(i, Math.min(sequences.size(), i + 5000)))));
    }
    assertThat(all).hasSize(TRANSACTIONS);
  }

  static void fill(TestDatabase database, int transactions, int wallets) {
    SingleConnectionDataSource owner =
        new SingleConnectionDataSource(
            database.url(),
            database.ownerCredentials().user(),
            database.ownerCredentials().password(),
            true);
    JdbcClient jdbc = JdbcClient.create(owner);
    GeneratedBooks.fill(
        jdbc, new Transactions(new JdbcTransactionManager(owner), jdbc), transactions, wallets);
    owner.destroy();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void with_and_without_an_index_the_journal_finds_what_a_filter_in_memory_finds() {
    Random random = new Random(SEED);
    forgetIndex();
    for (int run = 0; run < 40; run++) {
      assertFound(filter(random), 1 + random.nextInt(20));
    }
    assertThat(books.searchIndex.takeNext(1)).isTrue();
    assertThat(books.searchIndex.takeNext(1)).isTrue();
    for (int run = 0; run < 40; run++) {
      assertFound(filter(random), 1 + random.nextInt(20));
    }
    takeAll();
    for (int run = 0; run < 200; run++) {
      assertFound(filter(random), 1 + random.nextInt(20));
    }
  }

  @Test
  void what_was_just_acknowledged_is_found_at_once() {
    takeAll();
    try (TestDatabase fresh = TestPostgres.fresh()) {
      JournalFixture own = new JournalFixture(fresh);
      own.wallet("wallet:1");
      Transaction recorded =
          own.recorded(
              TransactionDraft.of(TransactionKind.TRANSFER, "Rent for March", "tests")
                  .entries(
                      EntryDraft.debit("bank", Money.of(5, "EUR")),
                      EntryDraft.credit("wallet:1", Money.of(5, "EUR")))
                  .build());
      assertThat(own.reader.page(1, text("RENT FOR"), null, 10).items()).containsExactly(recorded);
    }
  }

  @Test
  void only_whole_blocks_below_a_watermark_are_taken_in() {
    takeAll();
    assertThat(books.searchIndex.takeNext(1)).isFalse();
    assertThat(blocks()).containsExactlyInAnyOrder("65536 0", "8192 8", "8192 9", "8192 10");
  }

  @Test
  void while_the_index_is_dropped_and_rebuilt_every_answer_stays_the_same() throws Exception {
    takeAll();
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> reading = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Random random = new Random(SEED + i);
        reading.add(
            readers.submit(
                () -> {
                  int answers = 0;
                  while (!stop.get()) {
                    assertFound(filter(random), 5);
                    answers++;
                  }
                  return answers;
                }));
      }
      for (int round = 0; round < 3; round++) {
        forgetIndex();
        TimeUnit.MILLISECONDS.sleep(200);
        takeAll();
      }
      stop.set(true);
      for (Future<Integer> answers : reading) {
        assertThat(answers.get(60, TimeUnit.SECONDS)).isPositive();
      }
    }
  }

  @Test
  void servers_that_take_in_the_same_block_take_it_once() throws Exception {
    forgetIndex();
    Callable<Boolean> server =
        () -> {
          takeAll();
          return true;
        };
    JournalRaceTest.atOnce(List.of(server, server, server));
    assertThat(blocks()).containsExactlyInAnyOrder("65536 0", "8192 8", "8192 9", "8192 10");
    long postings = books.count("journal.search_posting");
    long recent = books.count("journal.search_recent");
    forgetIndex();
    takeAll();
    assertThat(books.count("journal.search_posting")).isEqualTo(postings);
    assertThat(books.count("journal.search_recent")).isEqualTo(recent);
  }

  @Test
  void a_large_block_takes_the_place_of_its_small_ones_once_it_is_final() {
    try (TestDatabase own = TestPostgres.fresh()) {
      JournalFixture growing = new JournalFixture(own);
      fill(own, SearchBlock.LARGE - SearchBlock.SMALL - 100, WALLETS);
      while (growing.searchIndex.takeNext(1)) {
        assertThat(growing.count("journal.search_posting")).isZero();
      }
      assertThat(growing.count("journal.search_block")).isEqualTo(6);
      own.jdbcAsOwner()
          .sql("SELECT setval('journal.transaction_sequence', ?)")
          .param((long) SearchBlock.LARGE)
          .query(Long.class)
          .single();
      growing.watermarks.take(1);
      assertThat(growing.searchIndex.takeNext(1)).isTrue();
      assertThat(growing.searchIndex.takeNext(1)).isFalse();
      assertThat(growing.count("journal.search_block")).isEqualTo(1);
      assertThat(growing.count("journal.search_recent")).isZero();
      assertThat(growing.count("journal.search_posting")).isPositive();
    }
  }

  private static List<String> blocks() {
    return database
        .jdbc()
        .sql("SELECT size || ' ' || number FROM journal.search_block")
        .query(String.class)
        .list();
  }

  private static void assertFound(TransactionFilter filter, int limit) {
    List<Long> expected =
        all.stream()
            .filter(it -> isAskedFor(filter, it))
            .map(Transaction::sequence)
            .sorted(filter.newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder())
            .toList();
    String after = null;
    int start = 0;
    for (int page = 0; page < 3; page++) {
      Page<Transaction> found = books.reader.page(MAIN.id(), filter, after, limit);
      int end = Math.min(expected.size(), start + limit);
      assertThat(found.items().stream().map(Transaction::sequence).toList())
          .as("page %s of %s", page, filter)
          .isEqualTo(expected.subList(start, end));
      after = found.next();
      assertThat(after == null).as(filter.toString()).isEqualTo(end == expected.size());
      if (after == null) {
        return;
      }
      start = end;
    }
  }

  private static boolean isAskedFor(TransactionFilter filter, Transaction it) {
    return (filter.kind() == null || filter.kind() == it.kind())
        && (filter.reference() == null || filter.reference().equals(it.reference()))
        && (filter.text() == null
            || contains(it.description(), filter.text())
            || contains(it.reference(), filter.text()))
        && (filter.from() == null || !it.effectiveOn().isBefore(filter.from()))
        && (filter.to() == null || !it.effectiveOn().isAfter(filter.to()))
        && it.entries().stream()
            .anyMatch(
                entry ->
                    (filter.account() == null
                            || filter.account().equals(accounts.get(entry.account())))
                        && (filter.currency() == null
                            || filter.currency().equals(entry.amount().currency()))
                        && (filter.minAmount() == null
                            || entry.amount().minorUnits() >= filter.minAmount())
                        && (filter.maxAmount() == null
                            || entry.amount().minorUnits() <= filter.maxAmount()));
  }

  private static boolean contains(@Nullable String text, String part) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  // Mostly what some transaction has, so that not everything is found nowhere.
  private static TransactionFilter filter(Random random) {
    Transaction like = all.get(random.nextInt(all.size()));
    Transaction other = random.nextInt(3) > 0 ? like : all.get(random.nextInt(all.size()));
    var entry = like.entries().get(random.nextInt(like.entries().size()));
    long amount = entry.amount().minorUnits();
    String account =
        random.nextInt(8) > 0
            ? entry.account()
            : List.of("once", "never", "eur:fees", "usd:bank").get(random.nextInt(4));
    LocalDate day = other.effectiveOn().plusDays(random.nextInt(21) - 10);
    return new TransactionFilter(
        maybe(random, it -> accounts.get(account)),
        maybe(random, it -> other.kind()),
        random.nextInt(6) > 0 ? null : other.reference(),
        maybe(random, it -> text(it, other)),
        maybe(random, it -> day.minusDays(it.nextInt(400))),
        maybe(random, it -> day.plusDays(it.nextInt(400))),
        maybe(random, it -> amount - (it.nextBoolean() ? 0 : it.nextInt(50))),
        maybe(random, it -> amount + (it.nextBoolean() ? 0 : it.nextInt(5000))),
        maybe(random, it -> CurrencyCode.of(it.nextInt(4) > 0 ? "EUR" : "USD")),
        random.nextBoolean());
  }

  private static <T> @Nullable T maybe(Random random, Function<Random, @Nullable T> value) {
    return random.nextInt(10) < 3 ? value.apply(random) : null;
  }

  private static String text(Random random, Transaction like) {
    String reference = like.reference();
    String whole = reference != null && random.nextBoolean() ? reference : like.description();
    int from = random.nextInt(whole.length());
    int to = Math.min(whole.length(), from + 1 + random.nextInt(12));
    String part = whole.substring(from, to);
    return random.nextBoolean() ? part : part.toUpperCase(Locale.ROOT);
  }

  private static TransactionFilter text(String text) {
    return new TransactionFilter(null, null, null, text, null, null, null, null, null, true);
  }

  private static void takeAll() {
    boolean taken;
    do {
      taken = books.searchIndex.takeNext(1);
    } while (taken);
  }

  private static void forgetIndex() {
    database
        .jdbcAsOwner()
        .sql(
            """
            WITH blocks AS (DELETE FROM journal.search_block),
                 recent AS (DELETE FROM journal.search_recent)
            DELETE FROM journal.search_posting
            """)
        .update();
  }

  private static List<io.countersign.model.id.TransactionId> ids(List<Long> sequences) {
    return database
        .jdbc()
        .sql("SELECT id FROM journal.transaction WHERE sequence BETWEEN ? AND ?")
        .params(sequences.getFirst(), sequences.getLast())
        .query(UUID.class)
        .list()
        .stream()
        .map(io.countersign.model.id.TransactionId::new)
        .toList();
  }
}
