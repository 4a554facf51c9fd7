package io.countersign.server.benchmarks;

import io.countersign.server.journal.BooksUnderLoad;
import io.countersign.server.journal.GeneratedLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/// Prints one table of ratios from one run; `docs/benchmarks.md` explains it.
final class Benchmarks {

  private static final int CALLERS = 256;
  private static final int CONNECTIONS = Yardsticks.CONNECTIONS;
  private static final int WALLETS = 10_000;
  private static final int BATCH = 1_000;
  // Half as many transactions as entries, and some have four.
  private static final int SHORT = 47_500;
  private static final int LONG = Integer.getInteger("countersign.benchmark.long", 4_750_000);
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("countersign.benchmark.warm-up", 20));
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("countersign.benchmark.seconds", 10));

  private final ServerUnderLoad server;
  private final BooksUnderLoad books;
  private final String key;
  private final Load load;
  private final Set<String> chosen =
      Set.of(System.getProperty("countersign.benchmark.lines", "").split(","));
  private final Map<String, Double> measured = new HashMap<>();
  private final List<String> others = new ArrayList<>();

  private Benchmarks(ServerUnderLoad server) throws Exception {
    this.server = server;
    this.books = server.books();
    this.key = server.integratorKey();
    this.load = new Load(server.postmaster());
    books.openWallets("bench", WALLETS);
  }

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of("target", "benchmarks");
    try (ServerUnderLoad server = ServerUnderLoad.start(home)) {
      new Benchmarks(server).run();
    }
  }

  private void run() throws Exception {
    System.out.println("measuring, one line after the other");
    line("group", "group commit, 256 callers, in process", 1, CALLERS, 0, inProcess(books, false));
    line("hot", "  the same, one hot merchant", 1, CALLERS, 0, inProcess(books, true));
    halfLoad();
    line("http", "single transfers over HTTP, 256 connections", 1, CALLERS, 0, http());
    line("batch", "batch endpoint, 1,000 a call", BATCH, 4, 0, batches());
    line("set", "set-based inserts, nothing looked at", SetBased.TRANSFERS, 2, 0, setBased());
    line("one", "one transaction per transfer", 1, CONNECTIONS, 0, oneByOne());
    try (Yardsticks yardsticks = yardsticks()) {
      line("tpcb", "TPC-B by JDBC", 1, CONNECTIONS, 0, yardsticks::tpcB);
      line("column", "balance column", 1, CONNECTIONS, 0, yardsticks.balanceColumn(false));
      line(
          "columnhot",
          "  the same, one hot wallet",
          1,
          CONNECTIONS,
          0,
          yardsticks.balanceColumn(true));
    }
    longBooks();
    System.out.println();
    ratio("in process / one by one", "group", "one", ">= 12");
    ratio("over HTTP / TPC-B", "http", "tpcb", ">= 4");
    ratio("batch / TPC-B", "batch", "tpcb", ">= 8");
    ratio("hot / uniform", "hot", "group", ">= 0.9");
    ratio("in process / set-based inserts", "group", "set", ">= 0.7");
    ratio("long books / empty", "long", "group", ">= 0.8");
    ratio("first page, long books / short, p95", "longpages", "shortpages", "<= 2");
    ratio("in process / balance column", "group", "column", "");
    ratio("in process / balance column, both hot", "hot", "columnhot", "");
    others.forEach(System.out::println);
  }

  // Database time at half of what was reached just before.
  private void halfLoad() throws Exception {
    Double full = measured.get("group");
    if (full == null) {
      return;
    }
    TimedPool pool = (TimedPool) server.bean(DataSource.class);
    load.run(CALLERS, Duration.ZERO, WARM_UP.dividedBy(4), full / 2, inProcess(books, false));
    pool.forget();
    line("half", "  the same at half load", 1, CALLERS, full / 2, inProcess(books, false));
    others.add(
        "database time of an append at half load: p50 %.1f ms, p99 %.1f ms  (p99 < 5 ms)"
            .formatted(
                pool.percentile(0.5).toNanos() / 1e6, pool.percentile(0.99).toNanos() / 1e6));
  }

  private void longBooks() throws Exception {
    if (!wanted("long") || LONG == 0) {
      return;
    }
    try (GeneratedLedger few = GeneratedLedger.fill(server.database(), SHORT);
        GeneratedLedger many = GeneratedLedger.fill(server.database(), LONG)) {
      System.out.printf(
          Locale.ROOT, "books of %,d and of %,d entries%n", few.entries(), many.entries());
      measured.put("shortpages", few.pages() / 1e3);
      measured.put("longpages", many.pages() / 1e3);
      many.balances()
          .forEach(
              (name, ratio) ->
                  others.add("balance %-22s p99, many entries / few %.2f".formatted(name, ratio)));
      others.add("first page in long books: p95 %.0f ms".formatted(measured.get("longpages")));
      try (ServerUnderLoad second =
          ServerUnderLoad.over(many.database(), Path.of("target", "benchmarks-long"))) {
        while (!many.sealed()) {
          Thread.sleep(1_000);
        }
        BooksUnderLoad full = second.books();
        full.openWallets("bench", WALLETS);
        line("long", "group commit in the long books", 1, CALLERS, 0, inProcess(full, false));
      }
    }
  }

  private boolean wanted(String name) {
    return chosen.contains("") || chosen.contains(name);
  }

  /// @param transfers in one step
  /// @param perSecond of all callers together; 0 for as many as they can
  private void line(
      String name, String what, int transfers, int callers, double perSecond, Load.Caller caller)
      throws Exception {
    if (!wanted(name)) {
      return;
    }
    Load.Result result = load.run(callers, WARM_UP, TIME, perSecond, caller);
    double each = result.perSecond() * transfers;
    measured.put(name, each);
    System.out.printf(
        Locale.ROOT,
        "%-46s %,8.0f /s %,11.0f /min  p50 %6.1f ms  p99 %6.1f ms  processor: java %4.0f, database"
            + " %4.0f us each%n",
        what,
        each,
        each * 60,
        result.percentile(0.5).toNanos() / 1e6,
        result.percentile(0.99).toNanos() / 1e6,
        result.micros(result.taken().java()) / transfers,
        result.micros(result.taken().database()) / transfers);
  }

  private void ratio(String what, String name, String yardstick, String wanted) {
    Double dividend = measured.get(name);
    Double divisor = measured.get(yardstick);
    if (dividend != null && divisor != null) {
      System.out.printf(
          Locale.ROOT,
          "%-46s %8.2f%s%n",
          what,
          dividend / divisor,
          wanted.isEmpty() ? "" : "  (" + wanted + ")");
    }
  }

  private static Load.Caller inProcess(BooksUnderLoad books, boolean hot) {
    return number ->
        () -> {
          int from = ThreadLocalRandom.current().nextInt(1, WALLETS);
          int to = hot ? 0 : (from + 1) % WALLETS;
          books.transfer("bench:" + from, "bench:" + to, 1);
        };
  }

  private Load.Caller http() {
    return number -> {
      HttpCaller caller = new HttpCaller(server.port(), "/v1/ledgers/main/transfers", key);
      return () -> {
        int from = ThreadLocalRandom.current().nextInt(WALLETS);
        caller.post(
            UUID.randomUUID().toString(),
            "{\"from\":\"bench:"
                + from
                + "\",\"to\":\"bench:"
                + (from + 1) % WALLETS
                + "\",\"description\":\"benchmark\",\"amount\":{\"minorUnits\":1,\"currency\":\"EUR\"}}",
            201);
      };
    };
  }

  private Load.Caller batches() {
    return number -> {
      HttpCaller caller = new HttpCaller(server.port(), "/v1/ledgers/main/transactions/batch", key);
      return () -> caller.post("ignored", batch(), 200);
    };
  }

  private static String batch() {
    String call = UUID.randomUUID().toString();
    return IntStream.range(0, BATCH)
        .mapToObj(
            i -> {
              int from = ThreadLocalRandom.current().nextInt(WALLETS);
              return "{\"idempotencyKey\":\""
                  + call
                  + i
                  + "\",\"description\":\"benchmark\",\"entries\":[{\"account\":\"bench:"
                  + from
                  + "\",\"direction\":\"DEBIT\",\"amount\":{\"minorUnits\":1,\"currency\":\"EUR\"}},{\"account\":\"bench:"
                  + (from + 1) % WALLETS
                  + "\",\"direction\":\"CREDIT\",\"amount\":{\"minorUnits\":1,\"currency\":\"EUR\"}}]}";
            })
        .collect(Collectors.joining(",", "{\"transactions\":[", "]}"));
  }

  private Load.Caller setBased() {
    return SetBased.rows(server.bean(DataSource.class), books.wallets("bench"));
  }

  private Load.Caller oneByOne() {
    DataSource pool = server.bean(DataSource.class);
    return number -> OneByOne.transfers(pool, "bench", WALLETS);
  }

  private Yardsticks yardsticks() throws Exception {
    var owner = java.util.Objects.requireNonNull(server.database().owner());
    String url = server.database().url();
    try (var connection =
            java.sql.DriverManager.getConnection(url, owner.user(), owner.password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE yardsticks");
    }
    String database = url.substring(0, url.lastIndexOf('/') + 1) + "yardsticks";
    return new Yardsticks(database, owner.user(), owner.password());
  }
}
