package io.countersign.server.model;

import io.countersign.server.testing.TestApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// A random history: clients at work on accounts of their own, side by side, and what is wrong with
/// it afterwards. The seed says what each client draws; who is first is for the machine to say.
final class History {

  /// Something that happens to the machine when so many steps are done.
  record Disturbance(int afterSteps, Trouble trouble) {}

  interface Trouble {
    void happen() throws Exception;
  }

  private static final Duration EXPIRED_WITHIN = Duration.ofSeconds(20);
  private static final int REPLAYS_MAX = 120;

  private final String prefix;
  private final long seed;
  private final int clients;
  private final int steps;
  private final Plan plan;
  private final Client client;
  private final Queue<Observed> observed = new ConcurrentLinkedQueue<>();
  private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final AtomicInteger done = new AtomicInteger();

  /// @param prefix of its accounts and keys, used by no other history on the same books
  /// @param steps of each client
  History(String prefix, long seed, int clients, int steps, Client client) {
    this.prefix = prefix;
    this.seed = seed;
    this.clients = clients;
    this.steps = steps;
    this.plan = new Plan(prefix, clients);
    this.client = client;
  }

  /// Opens its accounts; before any disturbance.
  History open(TestApi api) {
    Reference chart = plan.reference();
    for (String account : chart.accounts()) {
      Long minimum = chart.minimum(account);
      String type =
          chart.debitNormal(account) ? "ASSET" : account.endsWith("fees") ? "REVENUE" : "LIABILITY";
      TestApi.Reply made =
          api.as("integrator")
              .postInMain(
                  "/accounts",
                  """
                  {"code": "%s", "name": "Of a model", "type": "%s", "currency": "EUR"%s}\
                  """
                      .formatted(
                          account,
                          type,
                          minimum == null ? "" : ", \"minimumBalance\": " + minimum));
      if (made.status() != 201) {
        throw new AssertionError("could not open " + account + ": " + made);
      }
    }
    return this;
  }

  /// Lets all clients work to their end.
  History run(List<Disturbance> disturbances) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int me = 0; me < clients; me++) {
        int number = me;
        running.add(
            threads.submit(
                () -> {
                  work(number);
                  return null;
                }));
      }
      for (Disturbance disturbance : disturbances) {
        running.add(
            threads.submit(
                () -> {
                  while (done.get() < Math.min(disturbance.afterSteps(), clients * steps - 1)) {
                    TimeUnit.MILLISECONDS.sleep(2);
                  }
                  disturbance.trouble().happen();
                  return null;
                }));
      }
      for (Future<?> work : running) {
        try {
          work.get();
        } catch (ExecutionException e) {
          done.set(Integer.MAX_VALUE / 2);
          throw new AssertionError("history " + prefix, e.getCause());
        }
      }
    }
    return this;
  }

  private void work(int me) throws InterruptedException {
    Random random = new Random(seed * 1_000_003 + me);
    for (int number = 0; number < steps; number++) {
      Operation operation = random.nextInt(8) == 0 ? plan.thaw(me, number) : null;
      if (operation == null && random.nextInt(6) == 0) {
        operation = plan.reopening(me, number);
      }
      if (operation == null) {
        operation = plan.next(random, me, number);
      }
      if (operation == null) {
        sample(random);
      } else {
        settle(operation, random);
      }
      done.incrementAndGet();
    }
    // Other histories on the same books start with all months open.
    Operation last = plan.reopening(me, steps);
    if (last != null) {
      settle(last, random);
    }
  }

  private void settle(Operation operation, Random random) throws InterruptedException {
    Observed outcome = client.settle(operation, random);
    plan.learn(outcome);
    observed.add(outcome);
    if (operation instanceof Operation.Reopen && outcome.accepted()) {
      settle(client.agreement(outcome), random);
    }
  }

  private void sample(Random random) throws InterruptedException {
    String account = plan.anyAccount(random);
    Instant knownAt = Instant.now().minusMillis(random.nextInt(400)).truncatedTo(ChronoUnit.MICROS);
    LocalDate day =
        random.nextBoolean() ? null : LocalDate.now(ZoneOffset.UTC).minusDays(random.nextInt(40));
    try {
      Answer answer = client.get(Sample.path(account, day, knownAt));
      if (answer.status() == 200) {
        samples.add(new Sample(account, day, knownAt, answer.body()));
      } else if (answer.status() != 503) {
        client.complaints().add("asked for a balance: " + answer);
      }
    } catch (IOException down) {
      // The question will be another one next time.
    }
  }

  /// Everything that is wrong with the history, once the machine is at rest.
  List<String> wrongs(JdbcClient books) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(EXPIRED_WITHIN);
    while (Recorded.expiring(books, prefix) > 0 && Instant.now().isBefore(deadline)) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    List<Recorded> journal = Recorded.journal(books, prefix);
    Reference reference = plan.reference();
    Checker checker = new Checker(reference, journal, List.copyOf(observed));
    List<String> wrongs = new ArrayList<>(checker.check());
    for (String account : reference.accounts()) {
      balance(account, reference, checker, wrongs);
    }
    for (Sample sample : samples) {
      again(sample, checker, wrongs);
    }
    trialBalance(reference, wrongs);
    replays(wrongs);
    int after = Recorded.journal(books, prefix).size();
    if (after != journal.size()) {
      wrongs.add("replays had effects: " + journal.size() + " transactions, then " + after);
    }
    wrongs.addAll(client.complaints());
    return wrongs;
  }

  private void balance(String account, Reference reference, Checker checker, List<String> wrongs)
      throws IOException, InterruptedException {
    Answer answer = client.get("/accounts/" + account + "/balance");
    long[] sums = checker.balance(account, LocalDate.now(ZoneOffset.UTC), null);
    if (!says(answer, sums)
        || sums[0] != reference.posted(account)
        || sums[1] != reference.pending(account)) {
      wrongs.add(
          "balance of %s is not the sum of its entries: %s; posted %d, pending %d, sequence %d"
              .formatted(account, answer, sums[0], sums[1], sums[2]));
    }
  }

  private void again(Sample sample, Checker checker, List<String> wrongs)
      throws IOException, InterruptedException {
    Answer answer = client.get(sample.path());
    if (!answer.body().equals(sample.answer())) {
      wrongs.add(
          "balance asked twice: " + sample.path() + ": " + sample.answer() + ", then " + answer);
    }
    LocalDate day =
        sample.effectiveOn() != null
            ? sample.effectiveOn()
            : LocalDate.ofInstant(sample.knownAt(), ZoneOffset.UTC);
    long[] sums = checker.balance(sample.account(), day, sample.knownAt());
    if (!says(answer, sums)) {
      wrongs.add(
          "balance of the past is not the sum of its entries: %s: %s; posted %d, pending %d"
              .formatted(sample.path(), answer, sums[0], sums[1]));
    }
  }

  private static boolean says(Answer answer, long[] sums) {
    JsonNode balance = answer.json();
    return answer.status() == 200
        && balance.path("posted").asLong() == sums[0]
        && balance.path("pending").asLong() == sums[1]
        && balance.path("available").asLong() == sums[0] - sums[1]
        && balance.path("sequence").asLong() == sums[2];
  }

  private void trialBalance(Reference reference, List<String> wrongs)
      throws IOException, InterruptedException {
    JsonNode trial = client.get("/trial-balance").json();
    for (JsonNode total : trial.path("totals")) {
      if (!total.path("debit").equals(total.path("credit"))) {
        wrongs.add("trial balance: " + total);
      }
    }
    for (JsonNode row : trial.path("rows")) {
      String account = row.path("account").asString("");
      if (account.startsWith(prefix + ":")) {
        long net = row.path("debit").asLong() - row.path("credit").asLong();
        long posted = reference.posted(account);
        if (net != (reference.debitNormal(account) ? posted : -posted)) {
          wrongs.add("trial balance: " + row + ", posted " + posted);
        }
      }
    }
  }

  private void replays(List<String> wrongs) throws IOException, InterruptedException {
    List<Observed> some = new ArrayList<>(observed);
    java.util.Collections.shuffle(some, new Random(seed));
    for (Observed first : some.subList(0, Math.min(REPLAYS_MAX, some.size()))) {
      Answer replay = client.send(first.operation());
      String difference = difference(first, replay);
      if (difference != null) {
        wrongs.add("replay of " + first.operation() + ": " + difference);
      }
    }
  }

  private static @Nullable String difference(Observed first, Answer replay) {
    if (replay.status() != first.status()) {
      return first.status() + ", then " + replay;
    }
    if (first.operation() instanceof Operation.Batch batch && !batch.atomic()) {
      JsonNode now = replay.json().path("results");
      for (int i = 0; i < batch.items().size(); i++) {
        JsonNode then = first.body().path("results").path(i);
        boolean same =
            then.path("status").equals(now.path(i).path("status"))
                && then.path("transaction").equals(now.path(i).path("transaction"))
                && then.path("problem").equals(now.path(i).path("problem"));
        if (!same || !now.path(i).path("replayed").asBoolean()) {
          return "item " + then + ", then " + now.path(i);
        }
      }
      return null;
    }
    return replay.body().equals(first.text()) && replay.replayed()
        ? null
        : first.text() + ", then " + replay;
  }
}
