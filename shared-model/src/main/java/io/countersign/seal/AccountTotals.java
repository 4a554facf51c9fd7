package io.countersign.seal;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Adds up the entries of one seal.
public final class AccountTotals {

  public static final String ALL_ACCOUNTS = "";

  private record Key(String account, LocalDate day, String currency, int layer) {}

  private static final class Sum {
    private long entries;
    private BigInteger debits = BigInteger.ZERO;
    private BigInteger credits = BigInteger.ZERO;
  }

  private final Map<Key, Sum> sums = new HashMap<>();

  public void add(SealedEntry entry) {
    add(name(entry), entry);
    add(ALL_ACCOUNTS, entry);
  }

  /// In the order of their tree.
  public List<AccountTotal> rows() {
    return sums.entrySet().stream()
        .map(it -> row(it.getKey(), it.getValue()))
        .sorted(AccountTotal.ORDER)
        .toList();
  }

  public byte[] root() {
    MerkleTree tree = new MerkleTree();
    rows().forEach(row -> tree.add(row.canonical()));
    return tree.root();
  }

  // An account that the chart has lost is told by its id, in a form that no code has.
  static String name(SealedEntry entry) {
    return entry.account() == null ? "?" + entry.accountId() : entry.account();
  }

  private void add(String account, SealedEntry entry) {
    Sum sum =
        sums.computeIfAbsent(
            new Key(account, entry.effectiveOn(), entry.currency(), entry.layer()),
            key -> new Sum());
    BigInteger amount = BigInteger.valueOf(entry.amount());
    sum.entries++;
    if (amount.signum() > 0) {
      sum.debits = sum.debits.add(amount);
    } else {
      sum.credits = sum.credits.subtract(amount);
    }
  }

  private static AccountTotal row(Key key, Sum sum) {
    return new AccountTotal(
        key.account(),
        key.day(),
        key.currency(),
        key.layer(),
        sum.entries,
        sum.debits,
        sum.credits);
  }
}
