package io.countersign.server.benchmarks;

import io.countersign.server.journal.BooksUnderLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
  private final Map<String, Double> perSecond = new HashMap<>();

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
    line("group", "group commit, 256 callers, in process", 1, CALLERS, inProcess(false));
    line("hot", "  the same, one hot merchant", 1, CALLERS, inProcess(true));
    line("http", "single transfers over HTTP, 256 connections", 1, CALLERS, http());
    line("batch", "batch endpoint, 1,000 a call", BATCH, 4, batches());
    line("one", "one transaction per transfer, 16 connections", 1, CONNECTIONS, oneByOne());
    try (Yardsticks yardsticks = yardsticks()) {
      line("tpcb", "TPC-B by JDBC, 16 connections", 1, CONNECTIONS, yardsticks::tpcB);
      line(
          "column",
          "balance column, 16 connections",
          1,
          CONNECTIONS,
          yardsticks.balanceColumn(false));
      line(
          "columnhot",
          "  the same, one hot wallet",
          1,
          CONNECTIONS,
          yardsticks.balanceColumn(true));
    }
    System.out.println();
    ratio("in process / one by one", "group", "one", "12");
    ratio("over HTTP / TPC-B", "http", "tpcb", "4");
    ratio("batch / TPC-B", "batch", "tpcb", "8");
    ratio("hot / uniform", "hot", "group", "0.9");
    ratio("in process / balance column", "group", "column", "");
    ratio("in process / balance column, both hot", "hot", "columnhot", "");
  }

  /// @param transfers in one step
  private void line(String name, String what, int transfers, int callers, Load.Caller caller)
      throws Exception {
    if (!chosen.contains("") && !chosen.contains(name)) {
      return;
    }
    Load.Result result = load.run(callers, WARM_UP, TIME, caller);
    double each = result.perSecond() * transfers;
    perSecond.put(name, each);
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
    Double measured = perSecond.get(name);
    Double beside = perSecond.get(yardstick);
    if (measured != null && beside != null) {
      System.out.printf(
          Locale.ROOT,
          "%-46s %8.2f%s%n",
          what,
          measured / beside,
          wanted.isEmpty() ? "" : "  (>= " + wanted + ")");
    }
  }

  private Load.Caller inProcess(boolean hot) {
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
