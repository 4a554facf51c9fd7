package io.countersign.server.benchmarks;

import io.countersign.server.journal.BooksUnderLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/// Prints one table of ratios from one run; `docs/benchmarks.md` explains it.
final class Benchmarks {

  private static final int CALLERS = 256;
  private static final int WALLETS = 10_000;
  private static final int BATCH = 1_000;
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("countersign.benchmark.warm-up", 5));
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("countersign.benchmark.seconds", 10));

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of("target", "benchmarks");
    try (ServerUnderLoad server = ServerUnderLoad.start(home)) {
      BooksUnderLoad books = server.books();
      books.openWallets("bench", WALLETS);
      String key = server.integratorKey();
      System.out.println("measuring, one line after the other");

      double group = report("group commit, 256 callers, in process", inProcess(books, false));
      double hot = report("  the same, one hot merchant", inProcess(books, true));
      double http = report("single transfers over HTTP, 256 connections", http(server, key));
      double batch = report("batch endpoint, 1,000 a call", batches(server, key)) * BATCH;
      print("  transfers/s", batch);
      double one = report("one transaction per transfer, 16 connections", oneByOne(server));
      try (Yardsticks yardsticks = yardsticks(server)) {
        double tpcB =
            report(
                "TPC-B by JDBC, 16 connections",
                Load.run(Yardsticks.CONNECTIONS, WARM_UP, TIME, yardsticks::tpcB));
        double column =
            report(
                "balance column, 16 connections",
                Load.run(
                    Yardsticks.CONNECTIONS,
                    WARM_UP,
                    TIME,
                    i -> yardsticks.balanceColumn(i, false)));
        double columnHot =
            report(
                "  the same, one hot wallet",
                Load.run(
                    Yardsticks.CONNECTIONS, WARM_UP, TIME, i -> yardsticks.balanceColumn(i, true)));
        System.out.println();
        print("in process / one by one           (>= 12)", group / one);
        print("HTTP / TPC-B                      (>= 4)", http / tpcB);
        print("batch / TPC-B                     (>= 8)", batch / tpcB);
        print("hot / uniform                     (>= 0.9)", hot / group);
        print("in process / balance column", group / column);
        print("in process hot / balance column hot", hot / columnHot);
      }
    }
  }

  private static Load.Result inProcess(BooksUnderLoad books, boolean hot) throws Exception {
    return Load.run(
        CALLERS,
        WARM_UP,
        TIME,
        number ->
            () -> {
              int from = ThreadLocalRandom.current().nextInt(1, WALLETS);
              int to = hot ? 0 : (from + 1) % WALLETS;
              books.transfer("bench:" + from, "bench:" + to, 1);
            });
  }

  private static Load.Result http(ServerUnderLoad server, String key) throws Exception {
    return Load.run(
        CALLERS,
        WARM_UP,
        TIME,
        number -> {
          HttpCaller caller = new HttpCaller(server.port(), "/v1/ledgers/main/transfers", key);
          return () -> {
            int from = ThreadLocalRandom.current().nextInt(WALLETS);
            caller.post(
                UUID.randomUUID().toString(),
                "{\"from\":\"bench:%d\",\"to\":\"bench:%d\",\"description\":\"benchmark\",\"amount\":{\"minorUnits\":1,\"currency\":\"EUR\"}}"
                    .formatted(from, (from + 1) % WALLETS),
                201);
          };
        });
  }

  private static Load.Result batches(ServerUnderLoad server, String key) throws Exception {
    return Load.run(
        4,
        WARM_UP,
        TIME,
        number -> {
          HttpCaller caller =
              new HttpCaller(server.port(), "/v1/ledgers/main/transactions/batch", key);
          return () -> caller.post("ignored", batch(), 200);
        });
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

  private static Load.Result oneByOne(ServerUnderLoad server) throws Exception {
    DataSource pool = server.bean(DataSource.class);
    return Load.run(
        Yardsticks.CONNECTIONS,
        WARM_UP,
        TIME,
        number -> OneByOne.transfers(pool, "bench", WALLETS));
  }

  private static Yardsticks yardsticks(ServerUnderLoad server) throws Exception {
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

  private static double report(String what, Load.Result result) {
    System.out.printf(
        Locale.ROOT,
        "%-50s %,10.0f /s %,14.0f /min  p50 %6.1f ms  p99 %6.1f ms%n",
        what,
        result.perSecond(),
        result.perSecond() * 60,
        result.percentile(0.5).toNanos() / 1e6,
        result.percentile(0.99).toNanos() / 1e6);
    return result.perSecond();
  }

  private static void print(String what, double ratio) {
    System.out.printf(Locale.ROOT, "%-50s %,10.2f%n", what, ratio);
  }
}
