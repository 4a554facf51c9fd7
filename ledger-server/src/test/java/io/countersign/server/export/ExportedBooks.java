package io.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.UuidV7;
import io.countersign.model.exports.ExportFilter;
import io.countersign.model.exports.ExportState;
import io.countersign.model.exports.Manifest;
import io.countersign.model.id.ExportId;
import io.countersign.model.journal.Transaction;
import io.countersign.seal.ExportCheck;
import io.countersign.seal.Verdict;
import io.countersign.server.journal.EntryDraft;
import io.countersign.server.seals.SealKey;
import io.countersign.server.seals.SealedBooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sealed books with eight transactions in three seals, of which the second has an order with four
/// entries, and what can be exported of them.
final class ExportedBooks implements AutoCloseable {

  static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  static final LocalDate LAST = LocalDate.of(2099, 12, 31);

  final SealedBooks books = new SealedBooks();
  final Transaction order;

  ExportedBooks() {
    books.transfer("bank", "a", 1_000);
    books.transfer("bank", "b", 500);
    books.seal();
    books.log("account.freeze");
    order =
        books.post(
            "Order \"4711\" – é\n",
            EntryDraft.debit("a", Money.of(30, "EUR")),
            EntryDraft.credit("b", Money.of(30, "EUR")),
            EntryDraft.debit("a", Money.of(2, "EUR")),
            EntryDraft.credit("fees", Money.of(2, "EUR")));
    books.transfer("bank", "b", 7);
    books.transfer("bank", "b", 8);
    books.transfer("a", "bank", 9);
    books.seal();
    books.transfer("bank", "b", 5);
  }

  ExportRow export(@Nullable String account) throws IOException {
    return export(account, FIRST, LAST, null);
  }

  ExportRow export(@Nullable String account, LocalDate from, LocalDate to, @Nullable Long through)
      throws IOException {
    return export(books, account, from, to, through);
  }

  static ExportRow export(
      SealedBooks of,
      @Nullable String account,
      LocalDate from,
      LocalDate to,
      @Nullable Long through)
      throws IOException {
    ExportId id = ask(of, account, from, to, through);
    of.get(ExportWriting.class).perform(1, id, () -> false);
    ExportRow export = of.get(ExportStore.class).find(1, id).orElseThrow();
    assertThat(export.state()).isEqualTo(ExportState.FINISHED);
    return export;
  }

  static ExportId ask(
      SealedBooks of,
      @Nullable String account,
      LocalDate from,
      LocalDate to,
      @Nullable Long through) {
    ExportId id = new ExportId(of.get(UuidV7.class).next());
    ExportFilter filter = new ExportFilter("journal", "jsonl", from, to, account);
    Instant at = Instant.parse("2026-11-24T00:00:00Z");
    of.transactions()
        .run(() -> of.get(ExportStore.class).insert(1, id, filter, through, "tests", at));
    return id;
  }

  ExportRow found(ExportId id) {
    return books.get(ExportStore.class).find(1, id).orElseThrow();
  }

  ExportFiles files() {
    return books.get(ExportFiles.class);
  }

  Path file(ExportRow export) {
    return files().rows(export.id());
  }

  List<String> lines(ExportRow export) throws IOException {
    return Files.readAllLines(file(export));
  }

  static Manifest manifest(ExportRow export) {
    return Objects.requireNonNull(export.manifest());
  }

  Verdict check(ExportRow export) throws IOException {
    return check(books, export);
  }

  static Verdict check(SealedBooks of, ExportRow export) throws IOException {
    ExportFiles files = of.get(ExportFiles.class);
    return new ExportCheck(of.get(SealKey.class).publicKey(), null)
        .check(manifest(export), files.rows(export.id()), files.proof(export.id()));
  }

  @Override
  public void close() {
    books.close();
  }
}
