package io.countersign.server.seals;

import io.countersign.model.Money;
import io.countersign.model.UuidV7;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.seals.Broken;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.accounts.AccountsFixture;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.SealedRecords;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.database.Home;
import io.countersign.server.database.Transactions;
import io.countersign.server.journal.EntryDraft;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.Journal;
import io.countersign.server.journal.JournalTrail;
import io.countersign.server.journal.TransactionDraft;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Books with seals on a database of their own, wired as the server wires them, without the rest of
/// it; with `bank` (asset), `fees` (revenue) and wallets `a` and `b`, all in EUR.
public final class SealedBooks implements AutoCloseable {

  public static final LedgerScope MAIN = new LedgerScope(1, "main", ZoneOffset.UTC);

  private final TestDatabase database = TestPostgres.fresh();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  public SealedBooks() {
    GenericApplicationContext beans = context;
    beans.registerBean(Clock.class, Clock::systemUTC);
    beans.registerBean(UuidV7.class, () -> new UuidV7(Clock.systemUTC()));
    beans.registerBean(JdbcClient.class, database::jdbc);
    beans.registerBean(Transactions.class, database::transactions);
    beans.registerBean(JsonMapper.class, JsonMapper::shared);
    beans.registerBean(Home.class, SealedBooks::newHome);
    beans.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
    context.scan(
        "io.countersign.server.seals",
        "io.countersign.server.export",
        "io.countersign.server.audit",
        "io.countersign.server.accounts",
        "io.countersign.server.journal");
    context.register(
        named("io.countersign.server.payments.EventSealStore"),
        named("io.countersign.server.approvals.DecisionSealStore"));
    context.refresh();
    open("bank", AccountType.ASSET);
    open("fees", AccountType.REVENUE);
    open("a", AccountType.LIABILITY);
    open("b", AccountType.LIABILITY);
  }

  public <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  public TestDatabase database() {
    return database;
  }

  public Transactions transactions() {
    return get(Transactions.class);
  }

  public void open(String code, AccountType type) {
    transactions()
        .run(() -> get(Accounts.class).open(1, AccountsFixture.account(code, type, "EUR", null)));
  }

  public Transaction transfer(String from, String to, long minorUnits) {
    Money amount = Money.of(minorUnits, "EUR");
    return post(
        "from " + from + " to " + to,
        EntryDraft.debit(from, amount),
        EntryDraft.credit(to, amount));
  }

  public Transaction post(String description, EntryDraft... entries) {
    TransactionDraft draft =
        TransactionDraft.of(TransactionKind.TRANSACTION, description, "tests")
            .entries(entries)
            .build();
    return transactions()
        .write(
            () -> {
              get(Gate.class).enter();
              return get(Journal.class).append(MAIN, draft).orThrow();
            });
  }

  public void log(String action) {
    transactions().run(() -> write(action));
  }

  /// Within the caller's transaction.
  void write(String action) {
    get(AuditLog.class)
        .write(1, Caller.SYSTEM, AuditChange.made(action, "thing", "thing-1", List.of(action)));
  }

  /// Seals all there is and returns the watermark.
  public long seal() {
    return get(Seals.class).sealNow(MAIN, () -> false);
  }

  List<SealRow> seals() {
    return get(SealStore.class).page(1, "main", 0, 1000);
  }

  Optional<Broken> firstBroken() {
    return get(BooksCheck.class).firstBroken(MAIN, () -> {}, intact -> {});
  }

  /// Whether everything is as it was sealed.
  public boolean holds() {
    return firstBroken().isEmpty();
  }

  Sealer sealerOf(Sealer.Piece piece) {
    return new Sealer(
        get(SealStore.class),
        get(JournalTrail.class),
        new ArrayList<>(context.getBeansOfType(SealedRecords.class).values()),
        get(SealKey.class),
        transactions(),
        get(Clock.class),
        piece);
  }

  /// As somebody who owns the database and has taken the armour off.
  public JdbcClient tamperer() {
    JdbcClient owner = database.jdbcAsOwner();
    Stream.of(
            "journal.transaction",
            "journal.entry",
            "audit.record",
            "audit.sealing",
            "approvals.approval",
            "approvals.sealing",
            "payments.event",
            "payments.event_sealing",
            "seals.seal",
            "seals.leaf_list")
        .forEach(table -> owner.sql("ALTER TABLE " + table + " DISABLE TRIGGER USER").update());
    return owner;
  }

  /// What a check that only adds up finds: the sequences that do not come to zero.
  List<Long> unbalanced() {
    return database
        .jdbc()
        .sql(
            """
            SELECT sequence FROM journal.entry GROUP BY ledger_id, sequence, currency, layer > 0
            HAVING sum(amount) <> 0
            """)
        .query(Long.class)
        .list();
  }

  @Override
  public void close() {
    context.close();
    database.close();
  }

  // Private to their packages, as stores are.
  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Home newHome() {
    try {
      Path homes = Files.createDirectories(Path.of("target", "test-homes"));
      return Home.at(Files.createTempDirectory(homes, "seals"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
