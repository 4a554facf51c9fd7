package io.countersign.server.model;

import io.countersign.server.model.Operation.Leg;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The books as simply as can be: one thread, plain sums, no database. It knows the rules of
/// `docs/api.md`, sections 4 and 5, and nothing of how the server keeps them.
///
/// What depends on other clients' requests that were under way at the same time, freezes above all,
/// is for the [Checker].
final class Reference {

  static final int POSTED = 0;
  static final int TAKEN = 1;
  static final int COMING = 2;

  /// @param signed minor units, debits positive
  record Entry(String account, int layer, long signed) {

    Entry opposite() {
      return new Entry(account, layer, -signed);
    }
  }

  sealed interface Decision {

    record Recorded(String kind, List<Entry> entries) implements Decision {}

    record Refused(String slug) implements Decision {}
  }

  private static final class Account {
    final boolean debitNormal;
    final @Nullable Long minimum;
    long posted;
    long taken;

    Account(boolean debitNormal, @Nullable Long minimum) {
      this.debitNormal = debitNormal;
      this.minimum = minimum;
    }
  }

  private static final class Known {
    final List<Entry> entries;
    final boolean reversible;
    boolean reversed;

    Known(List<Entry> entries, boolean reversible) {
      this.entries = entries;
      this.reversible = reversible;
    }
  }

  private static final class OpenedHold {
    final Operation.Hold terms;
    final List<Entry> pending;
    @Nullable String end;

    OpenedHold(Operation.Hold terms, List<Entry> pending) {
      this.terms = terms;
      this.pending = pending;
    }
  }

  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, Known> transactions = new HashMap<>();
  private final Map<String, OpenedHold> holds = new HashMap<>();

  void open(String code, boolean debitNormal, @Nullable Long minimum) {
    accounts.put(code, new Account(debitNormal, minimum));
  }

  Iterable<String> accounts() {
    return accounts.keySet();
  }

  /// Executes an operation that makes one transaction.
  ///
  /// @param transaction the id that it has been given
  /// @param hold the id of the hold that it opens; null for everything else
  Decision execute(
      Operation operation, String transaction, @Nullable String hold, Instant recordedAt) {
    Decision decision = decide(operation, recordedAt);
    if (decision instanceof Decision.Recorded recorded) {
      record(operation, recorded, transaction, hold);
    }
    return decision;
  }

  /// The end of a hold by the clock.
  Decision expire(String hold, Instant recordedAt) {
    OpenedHold opened = Objects.requireNonNull(holds.get(hold), hold);
    if (opened.end != null || recordedAt.isBefore(opened.terms.expiresAt())) {
      return new Decision.Refused("wrong-state");
    }
    opened.end = "expired";
    Decision.Recorded recorded = new Decision.Recorded("expiry", undone(opened));
    apply(recorded.entries());
    return recorded;
  }

  /// What an operation is refused for whatever else happens; null when that depends.
  static @Nullable String refusedAnyway(Operation operation, LocalDate today) {
    if (!(operation instanceof Operation.Post post)) {
      return null;
    }
    long sum = post.legs().stream().mapToLong(Reference::signed).sum();
    if (sum != 0) {
      return "unbalanced-transaction";
    }
    LocalDate day = post.effectiveOn();
    return day != null && day.isAfter(today) ? "invalid-time" : null;
  }

  long posted(String account) {
    Account it = get(account);
    return it.debitNormal ? it.posted : -it.posted;
  }

  long pending(String account) {
    Account it = get(account);
    return it.debitNormal ? -it.taken : it.taken;
  }

  long available(String account) {
    return posted(account) - pending(account);
  }

  @Nullable Long minimum(String account) {
    return get(account).minimum;
  }

  boolean debitNormal(String account) {
    return get(account).debitNormal;
  }

  /// How a hold has ended; null while it is open.
  @Nullable String end(String hold) {
    return Objects.requireNonNull(holds.get(hold), hold).end;
  }

  Map<String, Instant> openHolds() {
    Map<String, Instant> open = new HashMap<>();
    holds.forEach(
        (id, hold) -> {
          if (hold.end == null) {
            open.put(id, hold.terms.expiresAt());
          }
        });
    return open;
  }

  private Decision decide(Operation operation, Instant recordedAt) {
    String anyway = refusedAnyway(operation, LocalDate.ofInstant(recordedAt, ZoneOffset.UTC));
    if (anyway != null) {
      return new Decision.Refused(anyway);
    }
    return switch (operation) {
      case Operation.Post post ->
          funded(post.transfer() ? "transfer" : "transaction", entries(post));
      case Operation.Reverse reverse -> reverse(reverse);
      case Operation.Hold hold -> funded("hold", pending(hold));
      case Operation.Capture capture -> capture(capture);
      case Operation.Release release -> {
        OpenedHold hold = Objects.requireNonNull(holds.get(release.hold()));
        yield hold.end == null
            ? new Decision.Recorded("release", undone(hold))
            : new Decision.Refused("wrong-state");
      }
      case Operation.Batch batch -> throw new IllegalArgumentException("one by one: " + batch);
      case Operation.Status status -> throw new IllegalArgumentException("no entries: " + status);
      case Operation.Close close -> throw new IllegalArgumentException("no entries: " + close);
      case Operation.Reopen reopen -> throw new IllegalArgumentException("no entries: " + reopen);
      case Operation.Agree agree -> throw new IllegalArgumentException("no entries: " + agree);
    };
  }

  private Decision reverse(Operation.Reverse reverse) {
    Known known = Objects.requireNonNull(transactions.get(reverse.transaction()));
    if (known.reversed || !known.reversible) {
      return new Decision.Refused("already-reversed");
    }
    return funded("reversal", known.entries.stream().map(Entry::opposite).toList());
  }

  private Decision capture(Operation.Capture capture) {
    OpenedHold hold = Objects.requireNonNull(holds.get(capture.hold()));
    if (hold.end != null) {
      return new Decision.Refused("wrong-state");
    }
    long captured = Objects.requireNonNullElse(capture.minorUnits(), hold.terms.minorUnits());
    List<Entry> entries = new ArrayList<>(undone(hold));
    entries.add(new Entry(hold.terms.from(), POSTED, captured));
    entries.add(new Entry(hold.terms.to(), POSTED, -captured));
    return new Decision.Recorded("capture", entries);
  }

  private Decision funded(String kind, List<Entry> entries) {
    Map<String, Long> effects = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.layer() != COMING) {
        long effect = get(entry.account()).debitNormal ? entry.signed() : -entry.signed();
        effects.merge(entry.account(), effect, Math::addExact);
      }
    }
    for (Map.Entry<String, Long> effect : effects.entrySet()) {
      Long minimum = minimum(effect.getKey());
      boolean lowers = effect.getValue() < 0;
      if (minimum != null && lowers && available(effect.getKey()) + effect.getValue() < minimum) {
        return new Decision.Refused("insufficient-funds");
      }
    }
    return new Decision.Recorded(kind, entries);
  }

  private void record(
      Operation operation, Decision.Recorded recorded, String transaction, @Nullable String hold) {
    apply(recorded.entries());
    boolean reversible = operation instanceof Operation.Post;
    transactions.put(transaction, new Known(recorded.entries(), reversible));
    switch (operation) {
      case Operation.Hold terms ->
          holds.put(Objects.requireNonNull(hold), new OpenedHold(terms, recorded.entries()));
      case Operation.Capture capture -> get(holds, capture.hold()).end = "captured";
      case Operation.Release release -> get(holds, release.hold()).end = "released";
      case Operation.Reverse reverse -> get(transactions, reverse.transaction()).reversed = true;
      default -> {}
    }
  }

  private void apply(List<Entry> entries) {
    for (Entry entry : entries) {
      Account account = get(entry.account());
      switch (entry.layer()) {
        case POSTED -> account.posted = Math.addExact(account.posted, entry.signed());
        case TAKEN -> account.taken = Math.addExact(account.taken, entry.signed());
        default -> {}
      }
    }
  }

  private static List<Entry> entries(Operation.Post post) {
    return post.legs().stream().map(leg -> new Entry(leg.account(), POSTED, signed(leg))).toList();
  }

  private List<Entry> pending(Operation.Hold hold) {
    long amount = hold.minorUnits();
    boolean fromIsAsset = get(hold.from()).debitNormal;
    boolean toIsAsset = get(hold.to()).debitNormal;
    return List.of(
        new Entry(hold.from(), fromIsAsset ? COMING : TAKEN, amount),
        new Entry(hold.to(), toIsAsset ? TAKEN : COMING, -amount));
  }

  private static List<Entry> undone(OpenedHold hold) {
    return hold.pending.stream().map(Entry::opposite).toList();
  }

  private static long signed(Leg leg) {
    return leg.debit() ? leg.minorUnits() : -leg.minorUnits();
  }

  private Account get(String account) {
    return get(accounts, account);
  }

  private static <T> T get(Map<String, T> from, String name) {
    return Objects.requireNonNull(from.get(name), name);
  }
}
