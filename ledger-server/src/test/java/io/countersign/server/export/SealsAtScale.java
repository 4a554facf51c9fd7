package io.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.UuidV7;
import io.countersign.model.exports.ExportFilter;
import io.countersign.model.id.ExportId;
import io.countersign.seal.ExportCheck;
import io.countersign.seal.Verdict;
import io.countersign.server.seals.SealKey;
import io.countersign.server.seals.SealedBooks;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Measures sealing, verifying, exporting and checking on large books; `docs/seals.md` shows the
/// command and what came of it. No test: surefire runs it only when it is named.
class SealsAtScale {

  private static final int TRANSACTIONS =
      Integer.getInteger("countersign.seals.transactions", 100_000);

  @Test
  void measure() throws Exception {
    try (SealedBooks books = new SealedBooks()) {
      fill(books.tamperer());
      timed("seal", books::seal);
      timed("verify", () -> assertThat(books.holds()).isTrue());
      ExportId whole = export(books, null);
      ExportId part = export(books, "w17");
      for (ExportId id : new ExportId[] {whole, part}) {
        ExportRow row = books.get(ExportStore.class).find(1, id).orElseThrow();
        ExportFiles files = books.get(ExportFiles.class);
        System.out.printf(
            Locale.ROOT,
            "%s: rows %d bytes, proof %d bytes%n",
            id.equals(whole) ? "all" : "one account",
            Files.size(files.rows(id)),
            Files.size(files.proof(id)));
        timed(
            "check",
            () -> {
              Verdict verdict =
                  new ExportCheck(books.get(SealKey.class).publicKey(), null)
                      .check(
                          Objects.requireNonNull(row.manifest()), files.rows(id), files.proof(id));
              assertThat(verdict.holds()).as(verdict.toString()).isTrue();
            });
      }
    }
  }

  private static ExportId export(SealedBooks books, @Nullable String account) {
    ExportId id = new ExportId(books.get(UuidV7.class).next());
    books
        .transactions()
        .run(
            () ->
                books
                    .get(ExportStore.class)
                    .insert(
                        1,
                        id,
                        new ExportFilter(
                            "journal",
                            "jsonl",
                            LocalDate.of(2000, 1, 1),
                            LocalDate.of(2099, 12, 31),
                            account),
                        null,
                        "tests",
                        Instant.parse("2026-11-24T00:00:00Z")));
    timed(
        account == null ? "export all" : "export one account of 10,000",
        () -> books.get(ExportWriting.class).perform(1, id, () -> false));
    return id;
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void timed(String what, Work work) {
    long begin = System.nanoTime();
    try {
      work.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf(
        Locale.ROOT,
        "%s: %d transactions in %d ms, %d a second%n",
        what,
        TRANSACTIONS,
        took.toMillis(),
        TRANSACTIONS * 1000L / Math.max(1, took.toMillis()));
  }

  // Ten thousand wallets that pay each other.
  private static void fill(JdbcClient owner) {
    owner
        .sql(
            """
            INSERT INTO accounts.account (ledger_id, id, code, name, type, currency, minimum_balance,
              status, metadata, created_at)
            SELECT 1, ('0199c0de-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'w' || n,
              'Wallet', 'LIABILITY', 'EUR', NULL, 'open', '{}', now()
            FROM generate_series(0, 9999) n
            """)
        .update();
    owner
        .sql(
            """
            INSERT INTO journal.transaction (ledger_id, sequence, id, kind, description, reference,
              effective_on, recorded_at, recorded_by, metadata)
            SELECT 1, n, ('0199c0de-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, 'transfer',
              'Order ' || n, 'ref-' || n, DATE '2026-01-01' + (n / 10000)::integer,
              now() + n * interval '1 microsecond', 'shop', '{}'
            FROM generate_series(1, :count) n
            """)
        .param("count", (long) TRANSACTIONS)
        .update();
    owner
        .sql(
            """
            INSERT INTO journal.entry (ledger_id, sequence, line, account_id, layer, amount, currency,
              effective_on)
            SELECT 1, n, l, ('0199c0de-0000-7000-9000-'
                || lpad(to_hex((n * 7919 + l * 104729) % 10000), 12, '0'))::uuid,
              0, CASE l WHEN 1 THEN n ELSE -n END, 'EUR', DATE '2026-01-01' + (n / 10000)::integer
            FROM generate_series(1, :count) n CROSS JOIN generate_series(1, 2) l
            """)
        .param("count", (long) TRANSACTIONS)
        .update();
    owner
        .sql("SELECT setval('journal.transaction_sequence', :count)")
        .param("count", (long) TRANSACTIONS)
        .query(Long.class)
        .single();
    owner.sql("ANALYZE").update();
  }
}
