package io.countersign.server.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Fills the ledger `main` with transactions that look like a payment business's, by SQL: the same
/// number gives the same books. They are final at once.
///
/// Two currencies, a few accounts that are in almost everything, two hundred merchants of falling
/// importance, many wallets, one account with a single entry (`once`) and one with none (`never`);
/// amounts of all sizes with many round ones; a fee in every twentieth transaction; accounting days
/// that follow the sequence, but for one transaction in a hundred; a reference that is shared by
/// many (`payroll`), that is nobody else's, or that is absent.
final class GeneratedBooks {

  private static final int CHUNK = 200_000;

  private static final String ACCOUNTS =
      """
      INSERT INTO accounts.account
        (ledger_id, id, code, name, type, currency, status, metadata, created_at)
      SELECT 1, md5(code)::uuid, code, code, type, currency, 'open', '{}', clock_timestamp()
      FROM (
        VALUES ('eur:bank', 'ASSET', 'EUR'), ('usd:bank', 'ASSET', 'USD'),
               ('eur:fees', 'REVENUE', 'EUR'), ('usd:fees', 'REVENUE', 'USD'),
               ('once', 'LIABILITY', 'EUR'), ('never', 'LIABILITY', 'EUR')
        UNION ALL
        SELECT currency || ':merchant:' || n, 'LIABILITY', upper(currency)
        FROM generate_series(0, 199) AS n, (VALUES ('eur'), ('usd')) AS c (currency)
        UNION ALL
        SELECT currency || ':wallet:' || n, 'LIABILITY', upper(currency)
        FROM generate_series(0, :wallets - 1) AS n, (VALUES ('eur'), ('usd')) AS c (currency)
      ) AS a (code, type, currency)
      """;

  private static final String DRAFTS =
      """
      CREATE TEMPORARY TABLE drafted ON COMMIT DROP AS
      SELECT g, currency, sort, wallet, merchant, odd,
             CASE WHEN odd % 10 < 3 THEN (1 + size % 50) * 100
                  ELSE 1 + (size % 2000) * (odd % 1000) / 7 END AS amount,
             date '2024-01-01' + ((g * 900 / :count)::integer
               - CASE WHEN odd % 100 = 0 THEN (odd / 100 % 40)::integer ELSE 0 END) AS day
      FROM (
        SELECT g, CASE WHEN hashint8extended(g, 1) & 1023 < 205 THEN 'usd' ELSE 'eur' END
                 AS currency,
               (hashint8extended(g, 2) & 1048575) % 100 AS sort,
               (hashint8extended(g, 3) & 1073741823) % :wallets AS wallet,
               ((hashint8extended(g, 4) & 1023) * (hashint8extended(g, 5) & 1023)
                 * (hashint8extended(g, 10) & 1023) * 199) >> 30 AS merchant,
               hashint8extended(g, 6) & 1073741823 AS size,
               hashint8extended(g, 7) & 1073741823 AS odd
        FROM generate_series(:first::bigint, :last::bigint) AS g
      ) AS random
      """;

  private static final String TRANSACTIONS =
      """
      INSERT INTO journal.transaction
        (ledger_id, sequence, id, kind, description, reference, effective_on, recorded_at,
         recorded_by, metadata)
      SELECT 1, g, md5('t' || g)::uuid,
             CASE WHEN sort < 50 THEN 'transfer' WHEN sort < 75 THEN 'transaction'
                  WHEN sort < 85 THEN 'charge' WHEN sort < 88 THEN 'refund'
                  WHEN sort < 90 THEN 'settlement' WHEN sort < 95 THEN 'hold'
                  WHEN sort < 98 THEN 'capture' WHEN sort < 99 THEN 'release'
                  ELSE 'adjustment' END,
             CASE WHEN sort < 50 THEN 'Order ' || odd % 1000000 || ' at shop ' || merchant
                  WHEN sort < 75 THEN 'Top-up by ' || (ARRAY['Anna Müller', 'Jörg Straße',
                    'ZOË WEISS', '山田 太郎', 'O''Neil 100%', 'snake_case'])[1 + odd % 6]
                  WHEN sort < 85 THEN 'Card payment ' || md5(odd::text)
                  WHEN sort < 88 THEN 'Refund of order ' || odd % 1000000
                  WHEN sort < 90 THEN 'Payout ' || day
                  WHEN sort < 99 THEN 'Room ' || odd % 400
                  ELSE 'Rounding difference, see ticket ' || odd % 5000 END,
             CASE WHEN odd % 20 = 7 THEN 'payroll-' || to_char(day, 'YYYY-MM')
                  WHEN odd % 2 = 0 THEN 'INV-' || lpad(g::text, 9, '0') END,
             day, timestamptz '2024-01-01 00:00Z' + g * interval '1 millisecond', 'generated', '{}'
      FROM drafted
      """;

  private static final String ENTRIES =
      """
      INSERT INTO journal.entry
        (ledger_id, sequence, line, account_id, layer, amount, currency, effective_on)
      SELECT 1, g, line, md5(account)::uuid, layer, amount, upper(currency), day
      FROM (
        SELECT g, 1 AS line, CASE WHEN sort < 50 OR sort >= 90 THEN currency || ':wallet:' || wallet
                                  WHEN sort < 88 THEN currency || ':bank'
                                  ELSE currency || ':merchant:' || merchant END AS account,
               CASE WHEN sort BETWEEN 90 AND 94 THEN 1 ELSE 0 END AS layer,
               amount, currency, day
        FROM drafted
        UNION ALL
        SELECT g, 2, CASE WHEN g = 77 THEN 'once'
                          WHEN sort < 50 OR sort >= 75 THEN currency || ':merchant:' || merchant
                          ELSE currency || ':wallet:' || wallet END,
               CASE WHEN sort BETWEEN 90 AND 94 THEN 2 ELSE 0 END, -amount, currency, day
        FROM drafted
        UNION ALL
        SELECT g, 3, currency || ':merchant:' || merchant, 0, 1 + odd % 40, currency, day
        FROM drafted WHERE odd % 20 = 3
        UNION ALL
        SELECT g, 4, currency || ':fees', 0, -(1 + odd % 40), currency, day
        FROM drafted WHERE odd % 20 = 3
      ) AS e
      """;

  private GeneratedBooks() {}

  static UUID accountId(String code) {
    String hex = HexFormat.of().formatHex(md5(code));
    return UUID.fromString(hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /// @param owner within no transaction; the chunks commit one by one
  static void fill(
      JdbcClient owner,
      io.countersign.server.database.Transactions chunks,
      int count,
      int wallets) {
    owner.sql(ACCOUNTS).param("wallets", wallets).update();
    for (long first = 1; first <= count; first += CHUNK) {
      long from = first;
      chunks.run(
          () -> {
            owner
                .sql(DRAFTS)
                .param("first", from)
                .param("last", Math.min(count, from + CHUNK - 1))
                .param("count", (long) count)
                .param("wallets", (long) wallets)
                .update();
            owner.sql(TRANSACTIONS).update();
            owner.sql(ENTRIES).update();
          });
    }
    owner
        .sql(
            """
            INSERT INTO journal.watermark (ledger_id, sequence, closed_at)
            VALUES (1, setval('journal.transaction_sequence', :number), clock_timestamp())
            """)
        .param("number", count + 1L)
        .update();
  }
}
