package io.countersign.server.approvals;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApproveRequest;
import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.Role;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Proposals to dismiss something, on a database of their own and with a clock that is moved by
/// hand.
final class ApprovalsFixture implements AutoCloseable {

  static final LedgerScope LEDGER = new LedgerScope(1, "main", ZoneOffset.UTC);
  static final Duration EXPIRE_AFTER = Duration.ofDays(7);

  final Caller olga = person("olga");
  final Caller aaron = person("aaron");
  final Caller beth = person("beth");
  final TestClock clock = new TestClock(Instant.parse("2026-11-20T08:00:00Z"));
  final TestDatabase database = TestPostgres.fresh();
  final Dismissals dismissals = new Dismissals();
  private final ApprovalsParts parts =
      new ApprovalsParts(database, clock, EXPIRE_AFTER, dismissals);
  final Approvals approvals = parts.get(Approvals.class);
  final Decisions decisions = parts.get(Decisions.class);
  final Expiry expiry = parts.get(Expiry.class);

  /// What is proposed here.
  record Dismissal(String subject, Money amount) {}

  /// A kind that remembers what it was told, and refuses when asked to.
  static final class Dismissals implements ProposalKind<Dismissal> {
    final List<String> executed = Collections.synchronizedList(new ArrayList<>());
    final List<ProposalEnd> ended = new ArrayList<>();
    final Map<String, String> pins = new HashMap<>(Map.of("state", "open"));
    @Nullable Problem refusal;

    @Override
    public ApprovalKind kind() {
      return ApprovalKind.DISMISSAL;
    }

    @Override
    public Class<Dismissal> contentType() {
      return Dismissal.class;
    }

    @Override
    public Map<String, String> pins(LedgerScope ledger, Dismissal content) {
      return Map.copyOf(pins);
    }

    @Override
    public List<Money> amounts(LedgerScope ledger, Dismissal content) {
      return List.of(content.amount());
    }

    @Override
    public Relation execute(Decision decision, Dismissal content) {
      if (refusal != null) {
        throw refusal.asException();
      }
      executed.add(content.subject());
      return new Relation("exception", content.subject());
    }

    @Override
    public void ended(LedgerScope ledger, ProposalEnd end, Dismissal content) {
      ended.add(end);
    }
  }

  ApprovalsFixture() {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO security.person
                (id, username, display_name, password_hash, demonstration, version, created_at)
            VALUES (:id, 'aaron', 'Aaron', '-', false, 1, '2026-01-01T00:00:00Z')
            """)
        .param("id", aaron.id())
        .update();
    database
        .jdbc()
        .sql("INSERT INTO security.person_limit VALUES (:id, 'EUR', 0, 1000)")
        .param("id", aaron.id())
        .update();
  }

  ApprovalId propose(String subject, long minorUnits) {
    Dismissal content = new Dismissal(subject, new Money(minorUnits, CurrencyCode.of("EUR")));
    return database
        .transactions()
        .write(
            () ->
                approvals.propose(
                    LEDGER,
                    olga,
                    new Proposal(ApprovalKind.DISMISSAL, content, "Old", null, subject)));
  }

  /// The slug of the refusal, or `approved`.
  String approve(Caller caller, ApprovalId id) {
    return approve(caller, id, hash(id));
  }

  String approve(Caller caller, ApprovalId id, String hash) {
    return outcome(
        () -> decisions.approve(LEDGER, caller, id, new ApproveRequest(hash, null)), "approved");
  }

  String outcome(Runnable work, String otherwise) {
    try {
      database.transactions().run(work);
      return otherwise;
    } catch (ProblemException refusal) {
      return refusal.problem().slug();
    }
  }

  String state(ApprovalId id) {
    return approvals.state(LEDGER, id).orElseThrow().wire();
  }

  String hash(ApprovalId id) {
    return parts.get(ApprovalStore.class).find(LEDGER.id(), id).orElseThrow().contentHash();
  }

  @Override
  public void close() {
    parts.close();
    database.close();
  }

  private static Caller person(String name) {
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new Caller(id, name, Caller.Kind.PERSON, id, Map.of(1, Set.of(Role.APPROVER)));
  }
}
