package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.UuidV7;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.accounts.AccountsFixture;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.audit.AuditFixture;
import io.countersign.server.database.Transactions;
import io.countersign.server.idempotency.IdempotencyFixture;
import io.countersign.server.testing.TestDatabase;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A journal on a database of its own, with `bank` (asset) and wallets (liabilities) in EUR.
final class JournalFixture {

  static final LedgerScope MAIN = new LedgerScope(1, "main", ZoneOffset.UTC);

  final Clock clock = Clock.systemUTC();
  final TestDatabase database;
  final Transactions transactions;
  final Accounts accounts;
  final Gate gate;
  final Watermarks watermarks;
  final Journal journal;
  final JournalReader reader;
  final Balances balances;
  final AccountStatements statements;
  final Checkpoints checkpoints;
  final Periods periods;
  final AccountStatuses statuses;
  final Holds holds;
  final IdempotencyFixture keys;
  final GroupCommit group;
  final SearchIndex searchIndex;
  final FinalSums finalSums = new FinalSums();
  final KnownChart knownChart = new KnownChart();

  JournalFixture(TestDatabase database) {
    this(database, true);
  }

  /// The books that are in a database already.
  static JournalFixture over(TestDatabase database) {
    return new JournalFixture(database, false);
  }

  private JournalFixture(TestDatabase database, boolean isNew) {
    this.database = database;
    this.transactions = database.transactions();
    this.accounts = AccountsFixture.accounts(database, clock);
    this.gate = new Gate(database.jdbc());
    this.watermarks = new Watermarks(gate, new WatermarkStore(database.jdbc()), transactions);
    UuidV7 ids = new UuidV7(clock);
    JournalStore store = new JournalStore(database.jdbc(), JsonMapper.shared());
    this.journal =
        new Journal(
            gate,
            accounts,
            new PeriodStore(database.jdbc()),
            store,
            finalSums,
            knownChart,
            ids,
            clock);
    this.reader =
        new JournalReader(
            new TransactionStore(database.jdbc(), JsonMapper.shared()),
            new JournalSearch(
                new TransactionStore(database.jdbc(), JsonMapper.shared()),
                new SearchStore(database.jdbc()),
                database.snapshots()),
            accounts);
    this.searchIndex =
        new SearchIndex(new SearchIndexStore(database.jdbc()), watermarks, transactions);
    BalanceStore sums = new BalanceStore(database.jdbc());
    this.balances = new Balances(sums, watermarks, accounts, clock);
    this.statements =
        new AccountStatements(new AccountStatementStore(database.jdbc()), sums, accounts);
    this.checkpoints = new Checkpoints(new CheckpointStore(database.jdbc()), transactions);
    this.periods =
        new Periods(
            gate, new PeriodStore(database.jdbc()), AuditFixture.log(database, clock), clock);
    this.statuses = new AccountStatuses(gate, accounts, balances, store);
    this.holds = new Holds(journal, accounts, new HoldStore(database.jdbc()), ids);
    this.keys = new IdempotencyFixture(database, clock);
    this.group = group(keys);
    if (isNew) {
      open("bank", AccountType.ASSET, null);
    }
  }

  /// Group commit of one more server over the same books.
  GroupCommit anotherServer() {
    return group(new IdempotencyFixture(database, clock));
  }

  private GroupCommit group(IdempotencyFixture ofServer) {
    return new GroupCommit(
        ofServer.flights,
        new GroupWriter(transactions, gate, ofServer.groupKeys, journal),
        new GroupProperties(2, 1000, 5000, 50_000));
  }

  void open(String code, AccountType type, @Nullable Long minimum) {
    transactions.run(() -> accounts.open(1, AccountsFixture.account(code, type, "EUR", minimum)));
  }

  void wallet(String code) {
    open(code, AccountType.LIABILITY, 0L);
  }

  void fund(String wallet, long minorUnits) {
    append(transfer("bank", wallet, minorUnits)).orThrow();
  }

  static TransactionDraft transfer(String from, String to, long minorUnits) {
    Money amount = Money.of(minorUnits, "EUR");
    return TransactionDraft.of(TransactionKind.TRANSFER, "from " + from + " to " + to, "tests")
        .entries(EntryDraft.debit(from, amount), EntryDraft.credit(to, amount))
        .build();
  }

  static TransactionDraft onDay(TransactionDraft draft, LocalDate day) {
    return TransactionDraft.of(draft.kind(), draft.description(), draft.recordedBy())
        .entries(draft.entries())
        .effectiveOn(day)
        .build();
  }

  /// Builds checkpoints with every entry, in small slices, so that few entries make many.
  Checkpoints eagerCheckpoints() {
    return new Checkpoints(new CheckpointStore(database.jdbc()), transactions, 1, 20, 1);
  }

  /// What the owner may do at any time.
  void dropCheckpoints() {
    database
        .jdbcAsOwner()
        .sql(
            "TRUNCATE journal.checkpoint_slice, journal.checkpoint, journal.checkpoint_days,"
                + " journal.checkpoint_segment")
        .update();
  }

  Appended append(TransactionDraft draft) {
    return append(List.of(draft)).getFirst();
  }

  List<Appended> append(List<TransactionDraft> drafts) {
    return transactions.write(
        () -> {
          gate.enter();
          return journal.append(MAIN, drafts);
        });
  }

  Transaction recorded(TransactionDraft draft) {
    return append(draft).orThrow();
  }

  void changeStatus(String account, AccountStatus from, AccountStatus to) {
    transactions.run(
        () -> {
          gate.close();
          statuses.change(MAIN, account, Set.of(from), to);
        });
  }

  long posted(String account) {
    return balances.balance(MAIN, account, null).posted().longValueExact();
  }

  long available(String account) {
    return balances.balance(MAIN, account, null).available().longValueExact();
  }

  long count(String table) {
    return database.jdbc().sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }
}
