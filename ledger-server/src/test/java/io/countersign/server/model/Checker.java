package io.countersign.server.model;

import io.countersign.server.model.Reference.Decision;
import io.countersign.server.model.Reference.Entry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Says what is wrong with a history: replays the journal in its own order through the reference,
/// and asks of each outcome that a client saw whether it could be.
///
/// Requests that were under way at the same time may have been decided in any order, so what a
/// refusal depends on is known within bounds: what was acknowledged before the request was sent
/// counts, what was recorded after its answer does not, and the rest may or may not. With one
/// client the bounds meet.
final class Checker {

  /// When an account was frozen: surely between `acknowledged` and `thawing`, perhaps from `asked`
  /// to `thawed`.
  private record Freeze(
      String account, Instant asked, Instant acknowledged, Instant thawing, Instant thawed) {}

  /// When a month was closed: surely between `acknowledged` and `reopening`, perhaps from `asked`
  /// to `reopened`.
  private record Closing(
      YearMonth month, Instant asked, Instant acknowledged, Instant reopening, Instant reopened) {}

  private final Reference reference;
  private final List<Recorded> journal;
  private final Map<String, Observed> byTransaction = new HashMap<>();
  private final List<Observed> outcomes = new ArrayList<>();

  // What a refused item of an atomic batch saw of the batch's earlier items, which are undone
  // since.
  private final IdentityHashMap<Observed, List<Operation.Post>> undone = new IdentityHashMap<>();
  private final List<Freeze> freezes;
  private final List<Closing> closings;
  private final List<String> wrong = new ArrayList<>();

  // Once the reference has refused what is in the journal, its books are others.
  private boolean astray;

  /// @param reference with the accounts of the history, before its first transaction
  Checker(Reference reference, List<Recorded> journal, List<Observed> observed) {
    this.reference = reference;
    this.journal = journal;
    observed.forEach(this::flatten);
    this.freezes = freezes(observed);
    this.closings = closings(observed);
  }

  /// Every complaint; none when the history is as it should be. The reference is at its end then.
  List<String> check() {
    for (Observed outcome : outcomes) {
      String id = outcome.transaction();
      if (id != null && byTransaction.put(id, outcome) != null) {
        wrong.add("two keys were told the one transaction " + id);
      }
    }
    journal.forEach(this::replay);
    Set<String> recorded = new HashSet<>();
    journal.forEach(it -> recorded.add(it.id()));
    byTransaction.forEach(
        (id, outcome) -> {
          if (!recorded.contains(id)) {
            wrong.add("lost: " + id + ", acknowledged to " + outcome.operation().key());
          }
        });
    outcomes.stream().filter(outcome -> !outcome.accepted()).forEach(this::refusal);
    reference
        .openHolds()
        .forEach(
            (hold, expiresAt) -> {
              if (expiresAt.isBefore(Instant.now().minusSeconds(1))) {
                wrong.add("hold " + hold + " is past its time and open");
              }
            });
    return wrong;
  }

  private void flatten(Observed observed) {
    if (!(observed.operation() instanceof Operation.Batch batch)) {
      outcomes.add(observed);
      return;
    }
    boolean refusedWhole = batch.atomic() && !observed.accepted();
    List<Operation.Post> before = new ArrayList<>();
    int refused = 0;
    JsonNode results = observed.body().path("results");
    if (results.size() != batch.items().size()) {
      wrong.add("a batch of " + batch.items().size() + " has " + results.size() + " results");
    }
    if (refusedWhole && !observed.problem().equals("batch-refused")) {
      wrong.add("atomic batch " + batch.key() + " was answered " + observed.body());
    }
    for (int i = 0; i < Math.min(results.size(), batch.items().size()); i++) {
      int status = results.path(i).path("status").asInt();
      JsonNode body = results.path(i).path(status == 201 ? "transaction" : "problem");
      Observed item =
          new Observed(
              batch.items().get(i),
              observed.invoked(),
              observed.answered(),
              status,
              body.toString(),
              body);
      if (!refusedWhole) {
        outcomes.add(item);
      } else if (!item.problem().equals("batch-refused")) {
        outcomes.add(item);
        undone.put(item, List.copyOf(before));
        refused++;
      } else {
        before.add(batch.items().get(i));
      }
    }
    if (refusedWhole && refused == 0) {
      wrong.add("atomic batch " + batch.key() + " was refused without a refusal in it");
    }
  }

  private void replay(Recorded recorded) {
    String what = recorded.kind() + " " + recorded.id() + " (sequence " + recorded.sequence() + ")";
    if (recorded.sum(0, 0) != 0 || recorded.sum(1, 2) != 0) {
      wrong.add(what + " does not balance");
    }
    Observed outcome = byTransaction.get(recorded.id());
    Decision decision;
    if (outcome != null) {
      asAcknowledged(what, recorded, outcome);
      notWhileFrozen(what, recorded);
      notWhileClosed(what, recorded, outcome);
    }
    if (astray) {
      return;
    }
    if (outcome != null) {
      decision =
          reference.execute(
              outcome.operation(), recorded.id(), outcome.hold(), recorded.recordedAt());
    } else if (recorded.kind().equals("expiry")) {
      decision =
          reference.expire(Objects.requireNonNull(recorded.relatesTo()), recorded.recordedAt());
    } else {
      wrong.add("second effect: " + what + " of " + recorded.description() + " told to nobody");
      return;
    }
    switch (decision) {
      case Decision.Refused refused -> {
        astray = true;
        wrong.add(refused.slug() + " says the reference to " + what + ": " + recorded.entries());
      }
      case Decision.Recorded expected -> {
        if (!expected.kind().equals(recorded.kind())
            || !expected.entries().equals(recorded.entries())) {
          wrong.add(what + " has " + recorded.entries() + " and not " + expected.entries());
        }
      }
    }
  }

  private void asAcknowledged(String what, Recorded recorded, Observed outcome) {
    Operation operation = outcome.operation();
    boolean ends = recorded.endsHold();
    if (!ends && !recorded.description().equals(operation.key())) {
      wrong.add(what + " is of " + recorded.description() + ", told to " + operation.key());
    }
    if (operation instanceof Operation.Post || operation instanceof Operation.Reverse) {
      JsonNode body = outcome.body();
      if (body.path("sequence").asLong() != recorded.sequence()
          || !body.path("effectiveOn").asString("").equals(recorded.effectiveOn().toString())
          || !Instant.parse(body.path("recordedAt").asString("")).equals(recorded.recordedAt())) {
        wrong.add(what + " is not as it was acknowledged: " + body + ", " + recorded);
      }
    }
    LocalDate asked = operation instanceof Operation.Post post ? post.effectiveOn() : null;
    if (asked != null ? !recorded.effectiveOn().equals(asked) : !today(recorded, outcome)) {
      wrong.add(what + " is of " + recorded.effectiveOn() + ", asked for " + asked);
    }
    if (outcome.answered().isBefore(recorded.recordedAt())) {
      wrong.add(what + " was recorded after its acknowledgement");
    }
    Instant late = lateness(operation);
    if (late != null && !outcome.invoked().isBefore(late)) {
      wrong.add(what + " ended a hold past its time, " + late);
    }
  }

  private static boolean today(Recorded recorded, Observed outcome) {
    return recorded.effectiveOn().equals(day(recorded.recordedAt()))
        || recorded.effectiveOn().equals(day(outcome.invoked()));
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private @Nullable Instant lateness(Operation operation) {
    String hold =
        switch (operation) {
          case Operation.Capture capture -> capture.hold();
          case Operation.Release release -> release.hold();
          default -> null;
        };
    return hold == null ? null : expiresAt(hold);
  }

  private @Nullable Instant expiresAt(String hold) {
    for (Observed outcome : outcomes) {
      if (hold.equals(outcome.hold()) && outcome.operation() instanceof Operation.Hold terms) {
        return terms.expiresAt();
      }
    }
    return null;
  }

  private void notWhileFrozen(String what, Recorded recorded) {
    if (recorded.endsHold()) {
      return;
    }
    for (Freeze freeze : freezes) {
      if (recorded.touches(freeze.account())
          && recorded.recordedAt().isAfter(freeze.acknowledged())
          && recorded.recordedAt().isBefore(freeze.thawing())) {
        wrong.add(what + " is of after an acknowledged freeze of " + freeze.account());
      }
    }
  }

  private void notWhileClosed(String what, Recorded recorded, Observed outcome) {
    if (!(outcome.operation() instanceof Operation.Post post) || post.effectiveOn() == null) {
      return;
    }
    for (Closing closing : closings) {
      if (!YearMonth.from(post.effectiveOn()).isAfter(closing.month())
          && recorded.recordedAt().isAfter(closing.acknowledged())
          && recorded.recordedAt().isBefore(closing.reopening())) {
        wrong.add(what + " is of after an acknowledged close of " + closing.month());
      }
    }
  }

  private boolean couldBeClosed(Observed outcome) {
    return outcome.operation() instanceof Operation.Post post
        && post.effectiveOn() != null
        && closings.stream()
            .anyMatch(
                it ->
                    !YearMonth.from(post.effectiveOn()).isAfter(it.month())
                        && outcome.overlaps(it.asked(), it.reopened()));
  }

  private static List<Closing> closings(List<Observed> observed) {
    List<Closing> closings = new ArrayList<>();
    List<Observed> changes =
        observed.stream()
            .filter(
                it ->
                    it.accepted()
                        && (it.operation() instanceof Operation.Close
                            || it.operation() instanceof Operation.Agree))
            .sorted(java.util.Comparator.comparing(Observed::invoked))
            .toList();
    for (int i = 0; i < changes.size(); i++) {
      Observed change = changes.get(i);
      if (change.operation() instanceof Operation.Close close) {
        boolean open = i + 1 == changes.size();
        closings.add(
            new Closing(
                close.month(),
                change.invoked(),
                change.answered(),
                open ? Instant.MAX : changes.get(i + 1).invoked(),
                open ? Instant.MAX : changes.get(i + 1).answered()));
      }
    }
    return closings;
  }

  private void refusal(Observed outcome) {
    String slug = outcome.problem();
    String anyway = Reference.refusedAnyway(outcome.operation(), day(outcome.answered()));
    boolean could =
        anyway != null
            ? slug.equals(anyway)
            : switch (slug) {
              case "insufficient-funds" -> couldLackFunds(outcome);
              // A hold that was asked for when the server was down, and came too late.
              case "invalid-time" ->
                  outcome.operation() instanceof Operation.Hold hold
                      && !outcome.answered().isBefore(hold.expiresAt());
              case "account-frozen" -> couldBeFrozen(outcome);
              case "period-closed" -> couldBeClosed(outcome);
              case "already-reversed" -> couldBeReversed(outcome);
              case "wrong-state" -> couldBeOver(outcome);
              default -> false;
            };
    if (!could) {
      wrong.add("refused for no reason: " + outcome.operation() + ": " + outcome.body().toString());
    }
  }

  private boolean couldLackFunds(Observed outcome) {
    String account = outcome.body().path("account").asString("");
    long told = outcome.body().path("available").asLong();
    long sign = reference.debitNormal(account) ? 1 : -1;
    long seen =
        undone.getOrDefault(outcome, List.of()).stream()
            .mapToLong(post -> wanted(post, account))
            .sum();
    long least = seen;
    long most = seen;
    for (Recorded recorded : journal) {
      long effect = sign * recorded.signedEffect(account);
      if (effect == 0 || isAfter(recorded, outcome)) {
        continue;
      }
      boolean sure = isBefore(recorded, outcome);
      least += sure || effect < 0 ? effect : 0;
      most += sure || effect > 0 ? effect : 0;
    }
    Long minimum = reference.minimum(account);
    long wanted = -wanted(outcome.operation(), account);
    return minimum != null && told >= least && told <= most && told - wanted < minimum;
  }

  // What a refused operation would have changed, on the account's normal side.
  private long wanted(Operation operation, String account) {
    long sign = reference.debitNormal(account) ? 1 : -1;
    return switch (operation) {
      case Operation.Post post ->
          post.legs().stream()
              .filter(leg -> leg.account().equals(account))
              .mapToLong(leg -> sign * (leg.debit() ? leg.minorUnits() : -leg.minorUnits()))
              .sum();
      case Operation.Hold hold -> -hold.minorUnits();
      case Operation.Reverse reverse ->
          -sign
              * journal.stream()
                  .filter(it -> it.id().equals(reverse.transaction()))
                  .mapToLong(it -> it.signedEffect(account))
                  .sum();
      default -> 0;
    };
  }

  private boolean isBefore(Recorded recorded, Observed outcome) {
    Observed made = byTransaction.get(recorded.id());
    return made != null && made.answered().isBefore(outcome.invoked());
  }

  private boolean isAfter(Recorded recorded, Observed outcome) {
    return recorded.recordedAt().isAfter(outcome.answered());
  }

  private boolean couldBeFrozen(Observed outcome) {
    String account = outcome.body().path("account").asString("");
    return freezes.stream()
        .anyMatch(it -> it.account().equals(account) && outcome.overlaps(it.asked(), it.thawed()));
  }

  private boolean couldBeReversed(Observed outcome) {
    return outcome.operation() instanceof Operation.Reverse reverse
        && outcomes.stream()
            .anyMatch(
                other ->
                    other.accepted()
                        && other.operation() instanceof Operation.Reverse first
                        && first.transaction().equals(reverse.transaction())
                        && other.invoked().isBefore(outcome.answered()));
  }

  private boolean couldBeOver(Observed outcome) {
    return switch (outcome.operation()) {
      case Operation.Capture capture -> couldHaveEnded(capture.hold(), outcome);
      case Operation.Release release -> couldHaveEnded(release.hold(), outcome);
      // An account's status has one client, so its state is sure.
      case Operation.Status status -> {
        boolean frozen =
            freezes.stream()
                .anyMatch(
                    it ->
                        it.account().equals(status.account())
                            && outcome.overlaps(it.acknowledged(), it.thawing()));
        yield frozen == status.freeze();
      }
      default -> false;
    };
  }

  private boolean couldHaveEnded(String hold, Observed outcome) {
    Instant expiresAt = expiresAt(hold);
    if (expiresAt != null && !outcome.answered().isBefore(expiresAt)) {
      return true;
    }
    return outcomes.stream()
        .anyMatch(
            other ->
                !other.equals(outcome)
                    && other.accepted()
                    && hold.equals(endedHold(other.operation()))
                    && other.invoked().isBefore(outcome.answered()));
  }

  private static @Nullable String endedHold(Operation operation) {
    return switch (operation) {
      case Operation.Capture capture -> capture.hold();
      case Operation.Release release -> release.hold();
      default -> null;
    };
  }

  private static List<Freeze> freezes(List<Observed> observed) {
    List<Freeze> freezes = new ArrayList<>();
    Map<String, Observed> frozenBy = new HashMap<>();
    List<Observed> changes =
        observed.stream()
            .filter(it -> it.operation() instanceof Operation.Status && it.accepted())
            .sorted(java.util.Comparator.comparing(Observed::invoked))
            .toList();
    for (Observed change : changes) {
      Operation.Status status = (Operation.Status) change.operation();
      Observed start = frozenBy.get(status.account());
      if (status.freeze()) {
        frozenBy.put(status.account(), change);
      } else if (start != null) {
        freezes.add(
            new Freeze(
                status.account(),
                start.invoked(),
                start.answered(),
                change.invoked(),
                change.answered()));
        frozenBy.remove(status.account());
      }
    }
    frozenBy.forEach(
        (account, start) ->
            freezes.add(
                new Freeze(account, start.invoked(), start.answered(), Instant.MAX, Instant.MAX)));
    return freezes;
  }

  /// What a balance must say, from the journal alone.
  ///
  /// @return posted and pending, on the account's normal side, and the sequence of the last entry
  long[] balance(String account, LocalDate effectiveOn, @Nullable Instant knownAt) {
    long posted = 0;
    long taken = 0;
    long sequence = 0;
    for (Recorded recorded : journal) {
      boolean known = knownAt == null || !recorded.recordedAt().isAfter(knownAt);
      if (!known || recorded.effectiveOn().isAfter(effectiveOn)) {
        continue;
      }
      for (Entry entry : recorded.entries()) {
        if (entry.account().equals(account)) {
          posted += entry.layer() == Reference.POSTED ? entry.signed() : 0;
          taken += entry.layer() == Reference.TAKEN ? entry.signed() : 0;
          sequence = recorded.sequence();
        }
      }
    }
    long sign = reference.debitNormal(account) ? 1 : -1;
    return new long[] {sign * posted, -sign * taken, sequence};
  }
}
