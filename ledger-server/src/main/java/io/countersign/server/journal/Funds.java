package io.countersign.server.journal;

import io.countersign.server.accounts.AccountRow;
import io.countersign.server.api.Problem;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decides drafts of one append in their order against the floors of their accounts.
///
/// Why no floor is ever broken: whoever lowers an account with a floor holds the lock of its row
/// from before the balance was read to its commit, and the balance was read after the lock, in a
/// statement of its own, under READ COMMITTED. So every earlier lowering is committed and was seen,
/// and none can come before our commit. Raises take no lock; one that was not seen only makes the
/// balance look smaller than it is. Under REPEATABLE READ the snapshot would be older than the
/// lock, and this proof would fail at "was seen".
final class Funds {

  private final Map<UUID, BigInteger> available = new HashMap<>();

  /// @param locked what is available on each locked account, in minor units on its normal side
  Funds(Map<UUID, BigInteger> locked) {
    available.putAll(locked);
  }

  /// Whether an entry lowers what is available on its account.
  static boolean lowers(EntryDraft entry, AccountRow account) {
    return effect(entry, account).signum() < 0;
  }

  /// Takes the draft into account when all its floors allow it.
  ///
  /// @return `insufficient-funds`, or null when the draft is accepted
  @Nullable Problem decide(TransactionDraft draft, Map<String, AccountRow> accounts) {
    Map<AccountRow, BigInteger> effects = new LinkedHashMap<>();
    for (EntryDraft entry : draft.entries()) {
      AccountRow account = accounts.get(entry.account());
      if (account != null && available.containsKey(account.id())) {
        effects.merge(account, effect(entry, account), BigInteger::add);
      }
    }
    for (Map.Entry<AccountRow, BigInteger> effect : effects.entrySet()) {
      Problem problem = insufficient(effect.getKey(), effect.getValue());
      if (problem != null) {
        return problem;
      }
    }
    effects.forEach((account, effect) -> available.merge(account.id(), effect, BigInteger::add));
    return null;
  }

  private @Nullable Problem insufficient(AccountRow account, BigInteger effect) {
    Long minimum = account.minimumBalance();
    BigInteger now = available.get(account.id());
    if (minimum == null
        || now == null
        || effect.signum() >= 0
        || now.add(effect).compareTo(BigInteger.valueOf(minimum)) >= 0) {
      return null;
    }
    return Problem.of(
            "insufficient-funds",
            422,
            "Account '"
                + account.code()
                + "' has "
                + now
                + " minor units of "
                + account.currency()
                + " available and must keep "
                + minimum
                + "; this would take "
                + effect.negate()
                + ".")
        .with("account", account.code())
        .with("available", now);
  }

  private static BigInteger effect(EntryDraft entry, AccountRow account) {
    if (entry.layer() == EntryLayer.COMING) {
      return BigInteger.ZERO;
    }
    BigInteger signed = BigInteger.valueOf(entry.signed());
    return account.debitNormal() ? signed : signed.negate();
  }
}
