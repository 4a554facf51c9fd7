package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.accounts.AccountsFixture;
import io.countersign.server.api.Fingerprint;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.database.Transactions;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The running server's books for benchmarks, without HTTP in between.
public final class BooksUnderLoad {

  private static final LedgerScope MAIN = new LedgerScope(1, "main", ZoneOffset.UTC);
  private static final UUID OWNER = new UUID(7, 7);
  private static final int CREATED = 201;

  private final GroupCommit group;
  private final Transactions transactions;
  private final Accounts accounts;
  private final JdbcClient jdbc;
  private final AtomicLong keys = new AtomicLong(System.nanoTime());

  public BooksUnderLoad(ApplicationContext server) {
    this.group = server.getBean(GroupCommit.class);
    this.transactions = server.getBean(Transactions.class);
    this.accounts = server.getBean(Accounts.class);
    this.jdbc = server.getBean(JdbcClient.class);
  }

  /// Opens `prefix:0` to `prefix:count-1`, liabilities in EUR that cannot be overdrawn, each with
  /// funds for ever.
  public void openWallets(String prefix, int count) {
    transactions.run(
        () ->
            accounts.ensure(
                1, "bench:bank", "Bank", AccountType.ASSET, Money.of(1, "EUR").currency()));
    transactions.run(
        () -> {
          for (int i = 0; i < count; i++) {
            accounts.open(
                1, AccountsFixture.account(prefix + ":" + i, AccountType.LIABILITY, "EUR", 0L));
          }
        });
    List<GroupCommit.Item> funding = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      funding.add(item("bench:bank", prefix + ":" + i, 1_000_000_000_000L));
    }
    group.append(MAIN, funding);
  }

  /// The ids of the wallets of a prefix.
  public List<UUID> wallets(String prefix) {
    return jdbc.sql(
            "SELECT id FROM accounts.account WHERE ledger_id = 1 AND starts_with(code, :prefix)")
        .param("prefix", prefix + ":")
        .query(UUID.class)
        .list();
  }

  /// One durable transfer under a fresh key.
  public void transfer(String from, String to, long minorUnits) {
    GroupCommit.Item item = item(from, to, minorUnits);
    int status =
        group
            .append(MAIN, item.request(), Objects.requireNonNull(item.draft()))
            .getStatusCode()
            .value();
    if (status != CREATED) {
      throw new IllegalStateException("answered " + status);
    }
  }

  private GroupCommit.Item item(String from, String to, long minorUnits) {
    String key = "bench-" + keys.incrementAndGet();
    Money amount = Money.of(minorUnits, "EUR");
    return GroupCommit.Item.of(
        new KeyedRequest(1, OWNER, key, Fingerprint.of(key, key), "/bench"),
        TransactionDraft.of(TransactionKind.TRANSFER, "benchmark", "bench")
            .entries(EntryDraft.debit(from, amount), EntryDraft.credit(to, amount))
            .build());
  }
}
