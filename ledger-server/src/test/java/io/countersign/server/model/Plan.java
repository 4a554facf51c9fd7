package io.countersign.server.model;

import io.countersign.server.model.Operation.Leg;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the clients of a history do next, drawn at random from what they know of the books.
///
/// Each wallet is frozen and unfrozen by one client alone, so that it is known when it was frozen;
/// so is the month before this one closed and reopened. Nothing is of a day before that month, so
/// that it is always the first that can be closed.
final class Plan {

  static final int WALLETS = 6;

  private static final int AMOUNT_MAX = 400;
  private static final int START_EACH = 500;
  private static final int CLOSER = 0;

  private record OpenHold(String id, long minorUnits) {}

  private final String prefix;
  private final int clients;
  private final List<String> transactions = new ArrayList<>();
  private final List<OpenHold> holds = new ArrayList<>();
  private final Set<String> frozen = new HashSet<>();
  private final YearMonth month = YearMonth.from(LocalDate.now(ZoneOffset.UTC)).minusMonths(1);
  private boolean closed;

  Plan(String prefix, int clients) {
    this.prefix = prefix;
    this.clients = clients;
  }

  /// The chart of accounts, for the reference.
  Reference reference() {
    Reference reference = new Reference();
    reference.open(account("bank"), true, null);
    reference.open(account("cash"), true, 0L);
    reference.open(account("merchant"), false, null);
    reference.open(account("fees"), false, null);
    for (int wallet = 0; wallet < WALLETS; wallet++) {
      reference.open(wallet(wallet), false, 0L);
    }
    return reference;
  }

  /// What client `me` does in its step `number`; null to ask for a balance.
  synchronized @Nullable Operation next(Random random, int me, int number) {
    String key = prefix + "-" + me + "-" + number;
    if (number == 0) {
      return start(key);
    }
    int drawn = random.nextInt(100);
    if (drawn < 44) {
      return post(random, key);
    }
    if (drawn < 46) {
      return unbalanced(random, key);
    }
    if (drawn < 60) {
      return batch(random, key, drawn >= 55);
    }
    if (drawn < 70) {
      return hold(random, key);
    }
    if (drawn < 80 && !holds.isEmpty()) {
      return endOfHold(random, key);
    }
    if (drawn < 86 && !transactions.isEmpty()) {
      return new Operation.Reverse(key, transactions.get(random.nextInt(transactions.size())));
    }
    if (drawn < 91) {
      int wallet = random.nextInt(WALLETS);
      if (wallet % clients == me) {
        return status(random, key, wallet(wallet));
      }
    }
    if (drawn >= 94 && me == CLOSER && !closed) {
      return new Operation.Close(key, month);
    }
    return null;
  }

  /// Proposes to reopen the month, if it is closed and client `me` is who closed it.
  synchronized Operation.@Nullable Reopen reopening(int me, int number) {
    return closed && me == CLOSER
        ? new Operation.Reopen(prefix + "-" + me + "-" + number, month)
        : null;
  }

  /// Learns from an outcome what later steps may refer to.
  synchronized void learn(Observed observed) {
    if (observed.operation() instanceof Operation.Close && observed.accepted()) {
      closed = true;
    }
    if (observed.operation() instanceof Operation.Agree && observed.accepted()) {
      closed = false;
    }
    if (observed.operation() instanceof Operation.Status status && observed.accepted()) {
      if (status.freeze()) {
        frozen.add(status.account());
      } else {
        frozen.remove(status.account());
      }
    }
    if (observed.operation() instanceof Operation.Hold hold && observed.accepted()) {
      holds.add(new OpenHold(observed.body().path("id").asString(""), hold.minorUnits()));
    }
    if (observed.operation() instanceof Operation.Post && observed.accepted()) {
      transactions.add(observed.body().path("id").asString(""));
    }
    if (observed.operation() instanceof Operation.Batch) {
      for (JsonNode result : observed.body().path("results")) {
        if (result.path("status").asInt() == 201) {
          transactions.add(result.path("transaction").path("id").asString(""));
        }
      }
    }
  }

  String anyAccount(Random random) {
    List<String> all = new ArrayList<>();
    reference().accounts().forEach(all::add);
    return all.get(random.nextInt(all.size()));
  }

  private Operation start(String key) {
    List<Operation.Post> deposits = new ArrayList<>();
    for (int wallet = 0; wallet < WALLETS; wallet++) {
      deposits.add(
          post(key + "/" + wallet, account("bank"), wallet(wallet), START_EACH, false, null));
    }
    deposits.add(post(key + "/cash", account("cash"), account("bank"), START_EACH, false, null));
    return new Operation.Batch(key, false, deposits);
  }

  private Operation.Post post(Random random, String key) {
    long amount = 1L + random.nextInt(AMOUNT_MAX);
    LocalDate day = day(random);
    String from = wallet(random.nextInt(WALLETS));
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> post(key, from, account("merchant"), amount, true, day);
      case 3 -> post(key, account("bank"), from, amount, true, day);
      case 4 -> post(key, from, account("cash"), 1 + amount / 4, true, day);
      case 5, 6 -> split(random, key, from, amount, day);
      default -> {
        int other = random.nextInt(WALLETS);
        String to = wallet(other).equals(from) ? account("merchant") : wallet(other);
        yield post(key, from, to, amount, true, day);
      }
    };
  }

  private Operation.Post split(
      Random random, String key, String from, long amount, @Nullable LocalDate day) {
    long fee = 1L + random.nextInt(5);
    return new Operation.Post(
        key,
        false,
        List.of(
            new Leg(from, true, amount + fee),
            new Leg(account("fees"), false, fee),
            new Leg(account("merchant"), false, amount)),
        day);
  }

  private Operation unbalanced(Random random, String key) {
    Operation.Post post = split(random, key, wallet(0), 10, null);
    return new Operation.Post(key, false, post.legs().subList(0, 2), null);
  }

  private Operation batch(Random random, String key, boolean atomic) {
    int size = atomic ? 2 + random.nextInt(3) : 3 + random.nextInt(12);
    List<Operation.Post> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Operation.Post post = post(random, key + "/" + i);
      items.add(new Operation.Post(post.key(), false, post.legs(), post.effectiveOn()));
    }
    return new Operation.Batch(key, atomic, items);
  }

  private Operation hold(Random random, String key) {
    Duration open =
        random.nextBoolean() ? Duration.ofHours(1) : Duration.ofMillis(100 + random.nextInt(900));
    String from = wallet(random.nextInt(WALLETS));
    String to = account(random.nextInt(4) == 0 ? "cash" : "merchant");
    return new Operation.Hold(
        key,
        from,
        to,
        1 + random.nextInt(AMOUNT_MAX / 2),
        Instant.now().plus(open).truncatedTo(ChronoUnit.MICROS));
  }

  private Operation endOfHold(Random random, String key) {
    // The newest ones mostly: those are open.
    int back = Math.min(holds.size(), 1 + random.nextInt(6));
    OpenHold hold = holds.get(holds.size() - back);
    return switch (random.nextInt(3)) {
      case 0 -> new Operation.Release(key, hold.id());
      case 1 -> new Operation.Capture(key, hold.id(), null);
      default -> new Operation.Capture(key, hold.id(), 1 + random.nextLong(hold.minorUnits()));
    };
  }

  private Operation status(Random random, String key, String wallet) {
    boolean isFrozen = frozen.contains(wallet);
    boolean wrong = random.nextInt(10) == 0;
    return new Operation.Status(key, wallet, isFrozen == wrong);
  }

  /// A frozen wallet of client `me`, to be unfrozen; null without one.
  synchronized Operation.@Nullable Status thaw(int me, int number) {
    for (int wallet = 0; wallet < WALLETS; wallet++) {
      if (wallet % clients == me && frozen.contains(wallet(wallet))) {
        return new Operation.Status(prefix + "-" + me + "-" + number, wallet(wallet), false);
      }
    }
    return null;
  }

  private @Nullable LocalDate day(Random random) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    int daysBack = Math.toIntExact(ChronoUnit.DAYS.between(month.atDay(1), today));
    int drawn = random.nextInt(50);
    if (drawn == 0) {
      return today.plusDays(2);
    }
    return drawn < 12 ? today.minusDays(1 + random.nextInt(daysBack)) : null;
  }

  private static Operation.Post post(
      String key, String from, String to, long amount, boolean transfer, @Nullable LocalDate day) {
    return new Operation.Post(
        key, transfer, List.of(new Leg(from, true, amount), new Leg(to, false, amount)), day);
  }

  private String wallet(int number) {
    return account("w" + number);
  }

  private String account(String name) {
    return prefix + ":" + name;
  }
}
