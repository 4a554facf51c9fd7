package io.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.Money;
import io.countersign.model.UuidV7;
import io.countersign.model.exports.ExportFilter;
import io.countersign.model.exports.ExportState;
import io.countersign.model.exports.Manifest;
import io.countersign.model.id.ExportId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.seals.Seal;
import io.countersign.seal.ExportCheck;
import io.countersign.seal.ManifestForm;
import io.countersign.seal.Verdict;
import io.countersign.seal.Verify;
import io.countersign.server.database.Home;
import io.countersign.server.journal.EntryDraft;
import io.countersign.server.seals.SealKey;
import io.countersign.server.seals.SealedBooks;
import io.countersign.server.seals.Seals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ExportTest {

  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2099, 12, 31);

  private final SealedBooks books = new SealedBooks();

  @TempDir Path folder;

  private Transaction order;

  @BeforeEach
  void post() {
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

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void every_entry_is_a_line_and_the_whole_holds_without_a_server() throws Exception {
    ExportRow export = export(null, FIRST, LAST, null);
    Manifest manifest = manifest(export);
    List<String> lines = lines(export);
    assertThat(lines).hasSize(16);
    assertThat(manifest.rows()).isEqualTo(16);
    assertThat(manifest.debitTotals()).isEqualTo(manifest.creditTotals());
    assertThat(manifest.debitTotals().getFirst().minorUnits()).isEqualTo(1_561);
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith(
                        "{\"sequence\":" + order.sequence() + ",\"transaction\":\"" + order.id())
                    && line.contains("\"description\":\"Order \\\"4711\\\" – é\\n\"")
                    && line.contains("\"line\":4,\"account\":\"fees\"")
                    && line.contains("\"direction\":\"CREDIT\",\"amount\":{\"minorUnits\":2,")
                    && line.contains("\"layer\":\"posted\""));
    assertThat(check(export).holds()).as(check(export).toString()).isTrue();
    assertThat(manifest.throughSequence()).isEqualTo(seal(manifest).throughSequence());
  }

  @Test
  void a_part_holds_and_shows_that_it_lacks_nothing() throws Exception {
    ExportRow account = export("a", FIRST, LAST, null);
    assertThat(lines(account)).hasSize(4).allMatch(line -> line.contains("\"account\":\"a\""));
    assertThat(check(account).holds()).as(check(account).toString()).isTrue();
    ExportRow none = export("a", FIRST, FIRST, null);
    assertThat(lines(none)).isEmpty();
    assertThat(check(none).holds()).as(check(none).toString()).isTrue();
    ExportRow noDay = export(null, FIRST, FIRST, null);
    assertThat(check(noDay).holds()).as(check(noDay).toString()).isTrue();
    ExportRow fees = export("fees", FIRST, LAST, null);
    assertThat(lines(fees)).hasSize(1);
    assertThat(check(fees).holds()).as(check(fees).toString()).isTrue();
  }

  @Test
  void the_same_sequence_gives_the_same_bytes_whatever_came_after() throws Exception {
    ExportRow first = export("b", FIRST, LAST, null);
    books.transfer("bank", "b", 99);
    books.seal();
    ExportRow again = export("b", FIRST, LAST, first.through());
    assertThat(file(again)).hasSameBinaryContentAs(file(first));
    assertThat(manifest(again).sha256()).isEqualTo(manifest(first).sha256());
    assertThat(check(again).holds()).isTrue();
  }

  @Test
  void a_sequence_within_a_seal_is_kept_and_what_it_cannot_show_is_said() throws Exception {
    ExportRow export = export("b", FIRST, LAST, order.sequence());
    assertThat(lines(export)).hasSize(2);
    Verdict verdict = check(export);
    assertThat(verdict.holds()).as(verdict.toString()).isTrue();
    assertThat(verdict.remarks()).anyMatch(it -> it.contains("is not shown"));
  }

  @Test
  void books_without_anything_have_an_export_without_rows() throws Exception {
    try (SealedBooks empty = new SealedBooks()) {
      ExportRow export = export(empty, null, FIRST, LAST, null);
      assertThat(manifest(export).rows()).isZero();
      assertThat(manifest(export).seal()).isNull();
      assertThat(check(empty, export).holds()).isTrue();
    }
  }

  @Test
  void each_altered_line_is_named() throws Exception {
    ExportRow export = export(null, FIRST, LAST, null);
    List<String> lines = lines(export);
    List<Long> firstOfTransaction = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean begins = i == 0 || !sequence(lines.get(i)).equals(sequence(lines.get(i - 1)));
      firstOfTransaction.add(begins ? i + 1L : firstOfTransaction.getLast());
    }
    for (int i = 0; i < lines.size(); i++) {
      for (String change :
          List.of(
              "minorUnits\":=minorUnits\":1",
              "\"recordedBy\":\"tests\"=\"recordedBy\":\"x\"",
              "\"layerNumber\":0=\"layerNumber\":1",
              "\"metadata\":{}=\"metadata\":{\"a\":1}")) {
        String[] parts = change.split("=", 2);
        List<String> altered = new ArrayList<>(lines);
        altered.set(i, lines.get(i).replace(parts[0], parts[1]));
        assertThat(altered).isNotEqualTo(lines);
        Verdict verdict = checkLines(export, altered);
        assertThat(verdict.holds()).as("line " + (i + 1) + " " + change).isFalse();
        assertThat(verdict.firstLine())
            .as("line " + (i + 1) + " " + change + ": " + verdict)
            .isBetween(firstOfTransaction.get(i), i + 1L);
      }
      List<String> shorter = new ArrayList<>(lines);
      shorter.remove(i);
      assertThat(checkLines(export, shorter).holds()).as("without line " + (i + 1)).isFalse();
      List<String> longer = new ArrayList<>(lines);
      longer.add(i, lines.get(i));
      assertThat(checkLines(export, longer).holds()).as("with line twice " + (i + 1)).isFalse();
    }
    List<String> garbled = new ArrayList<>(lines);
    garbled.set(4, "{\"sequence\":");
    assertThat(checkLines(export, garbled).firstLine()).isEqualTo(5);
  }

  /// A server, or whoever holds its key, that keeps a row back and signs a manifest without it.
  @Test
  void a_row_that_is_kept_back_is_missed_even_under_a_good_signature() throws Exception {
    ExportRow export = export("b", FIRST, LAST, null);
    List<String> lines = lines(export);
    String proof = Files.readString(files().proof(export.id()));
    // The transaction with 7 is hidden: what proves it is there becomes what proves it is omitted.
    String leaf = leafOf(proof, 2);
    String hidden =
        proof.replace(
            leaf,
            leaf.replaceFirst("\"omittedLevel\":null", "\"omittedLevel\":0")
                .replaceFirst("\"entries\":\\[.*", "\"entries\":null}"));
    assertThat(hidden).isNotEqualTo(proof);
    List<String> fewer = new ArrayList<>(lines);
    fewer.removeIf(line -> line.contains("\"minorUnits\":7,"));
    assertThat(fewer).hasSize(lines.size() - 1);
    Path rows = Files.writeString(folder.resolve("fewer"), String.join("\n", fewer) + "\n");
    Path kept = Files.writeString(folder.resolve("kept"), hidden);
    Verdict verdict =
        new ExportCheck(books.get(SealKey.class).publicKey(), null)
            .check(manifest(export), rows, kept);
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.detail()).startsWith("Rows are missing: seal 2");
  }

  // The n-th transaction that the second seal's part of the proof takes from the file.
  private static String leafOf(String proof, int number) {
    String section = proof.split("\n", -1)[1];
    String leaves = section.substring(section.indexOf("\"transactions\":["));
    int at = -1;
    for (int i = 0; i < number; i++) {
      at = leaves.indexOf("\"omittedLevel\":null,\"entries\":[", at + 1);
    }
    int begin = leaves.lastIndexOf('{', at);
    return leaves.substring(begin, leaves.indexOf("]}", at) + 2);
  }

  @Test
  void the_manifest_and_the_seals_must_bear_the_auditor_s_key() throws Exception {
    ExportRow export = export(null, FIRST, LAST, null);
    Manifest manifest = manifest(export);
    Manifest altered =
        new Manifest(
            manifest.ledger(),
            manifest.rows() - 1,
            manifest.debitTotals(),
            manifest.creditTotals(),
            manifest.sha256(),
            manifest.filter(),
            manifest.throughSequence(),
            manifest.seal(),
            manifest.signature(),
            manifest.publicKey());
    byte[] key = books.get(SealKey.class).publicKey();
    Path rows = file(export);
    Path proof = files().proof(export.id());
    assertThat(new ExportCheck(key, null).check(altered, rows, proof).detail())
        .contains("not signed");
    try (SealedBooks other = new SealedBooks()) {
      SealKey forged = other.get(SealKey.class);
      Manifest resigned = signedBy(forged, manifest);
      assertThat(new ExportCheck(key, null).check(resigned, rows, proof).holds()).isFalse();
      assertThat(new ExportCheck(forged.publicKey(), null).check(resigned, rows, proof).detail())
          .isEqualTo("Seal 1 is not signed with this key.");
    }
  }

  @Test
  void the_auditor_s_command_says_what_it_found_and_ends_accordingly() throws Exception {
    ExportRow export = export("b", FIRST, LAST, null);
    Path answer = folder.resolve("export.json");
    Files.writeString(answer, books.get(JsonMapper.class).writeValueAsString(export.toModel()));
    String key = books.get(Home.class).resolve("seal.pub").toString();
    String proof = files().proof(export.id()).toString();
    String rows = file(export).toString();
    assertThat(
            verify("--export", answer.toString(), "--file", rows, "--proof", proof, "--key", key))
        .startsWith("0 HOLDS\n5 rows, 3 seals");
    Path altered = folder.resolve("altered");
    Files.writeString(altered, Files.readString(file(export)).replace("\"b\"", "\"a\""));
    assertThat(
            verify(
                "--export",
                answer.toString(),
                "--file",
                altered.toString(),
                "--proof",
                proof,
                "--key",
                key))
        .startsWith("1 DOES NOT HOLD: first at line 1: ");
    assertThat(verify("--export", answer.toString())).startsWith("2 usage: countersign-verify");
    assertThat(verify("--export", rows, "--file", rows, "--proof", proof, "--key", key))
        .startsWith("2 countersign-verify: ");
  }

  private static String verify(String... arguments) {
    var said = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
    int ended = Verify.run(arguments, to, to);
    return ended + " " + said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void an_earlier_seal_shows_whether_the_books_only_grew() throws Exception {
    Seal kept = books.get(Seals.class).after(SealedBooks.MAIN, 0, 1).getFirst();
    ExportRow export = export(null, FIRST, LAST, null);
    byte[] key = books.get(SealKey.class).publicKey();
    Path rows = file(export);
    Path proof = files().proof(export.id());
    Verdict grew =
        new ExportCheck(key, new ExportCheck.Known(1, kept.hash()))
            .check(manifest(export), rows, proof);
    assertThat(grew.holds()).isTrue();
    assertThat(grew.remarks()).anyMatch(it -> it.contains("only grew since seal 1"));
    assertThat(
            new ExportCheck(key, new ExportCheck.Known(1, "ab".repeat(32)))
                .check(manifest(export), rows, proof)
                .detail())
        .contains("rewritten");
    assertThat(
            new ExportCheck(key, new ExportCheck.Known(9, kept.hash()))
                .check(manifest(export), rows, proof)
                .holds())
        .isFalse();
  }

  @Test
  void a_tampered_row_of_the_database_cannot_be_exported_under_its_seal() throws Exception {
    books
        .tamperer()
        .sql("UPDATE journal.transaction SET description = 'x' WHERE sequence = :s")
        .param("s", order.sequence())
        .update();
    ExportRow export = export(null, FIRST, LAST, null);
    assertThat(check(export).holds()).isFalse();
  }

  @Test
  void where_sealing_has_stopped_an_export_fails_and_is_not_short() throws Exception {
    books.seal();
    books.tamperer().sql("DELETE FROM seals.seal WHERE number = 3").update();
    books.transfer("bank", "b", 6);
    ExportId id = asked(books, null, FIRST, LAST, null);
    writing(books).perform(1, id, () -> false);
    ExportRow failed = books.get(ExportStore.class).find(1, id).orElseThrow();
    assertThat(failed.state()).isEqualTo(ExportState.FAILED);
    assertThat(failed.failure()).contains("verify the seals");
    assertThat(failed.manifest()).isNull();
    assertThat(files().rows(id)).doesNotExist();
  }

  @Test
  void an_attempt_that_is_cut_off_leaves_no_file_and_is_made_good_by_the_next() throws Exception {
    ExportId id = asked(books, null, FIRST, LAST, null);
    assertThatThrownBy(() -> writing(books).perform(1, id, this::writesADraft))
        .isInstanceOf(ExportWriting.Interrupted.class);
    ExportRow cut = books.get(ExportStore.class).find(1, id).orElseThrow();
    assertThat(cut.state()).isEqualTo(ExportState.RUNNING);
    assertThat(files().rows(id)).doesNotExist();
    try (var left = Files.list(files().rows(id).getParent())) {
      assertThat(left).isEmpty();
    }
    books.transfer("bank", "b", 1);
    books.seal();
    writing(books).perform(1, id, () -> false);
    ExportRow done = books.get(ExportStore.class).find(1, id).orElseThrow();
    assertThat(done.through()).isEqualTo(cut.through());
    assertThat(lines(done)).hasSize(16);
    assertThat(check(done).holds()).isTrue();
  }

  private boolean writesADraft() {
    Path folderOfFiles =
        java.util.Objects.requireNonNull(
            files().rows(new ExportId(new java.util.UUID(0, 0))).getParent());
    try (var drafts = Files.newDirectoryStream(folderOfFiles, "*.part")) {
      return drafts.iterator().hasNext();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Manifest signedBy(SealKey key, Manifest manifest) {
    String hex = HexFormat.of().formatHex(key.publicKey());
    Manifest unsigned =
        new Manifest(
            manifest.ledger(),
            manifest.rows(),
            manifest.debitTotals(),
            manifest.creditTotals(),
            manifest.sha256(),
            manifest.filter(),
            manifest.throughSequence(),
            manifest.seal(),
            "",
            hex);
    return new Manifest(
        unsigned.ledger(),
        unsigned.rows(),
        unsigned.debitTotals(),
        unsigned.creditTotals(),
        unsigned.sha256(),
        unsigned.filter(),
        unsigned.throughSequence(),
        unsigned.seal(),
        HexFormat.of().formatHex(key.sign(ManifestForm.canonical(unsigned))),
        hex);
  }

  private static String sequence(String line) {
    return line.substring(0, line.indexOf(','));
  }

  private ExportRow export(
      @Nullable String account, LocalDate from, LocalDate to, @Nullable Long through)
      throws IOException {
    return export(books, account, from, to, through);
  }

  private static ExportRow export(
      SealedBooks of,
      @Nullable String account,
      LocalDate from,
      LocalDate to,
      @Nullable Long through)
      throws IOException {
    ExportId id = asked(of, account, from, to, through);
    writing(of).perform(1, id, () -> false);
    ExportRow export = of.get(ExportStore.class).find(1, id).orElseThrow();
    assertThat(export.state()).isEqualTo(ExportState.FINISHED);
    return export;
  }

  private static ExportId asked(
      SealedBooks of,
      @Nullable String account,
      LocalDate from,
      LocalDate to,
      @Nullable Long through) {
    ExportId id = new ExportId(of.get(UuidV7.class).next());
    of.transactions()
        .run(
            () ->
                of.get(ExportStore.class)
                    .insert(
                        1,
                        id,
                        new ExportFilter("journal", "jsonl", from, to, account),
                        through,
                        "tests",
                        Instant.parse("2026-11-24T00:00:00Z")));
    return id;
  }

  private static ExportWriting writing(SealedBooks of) {
    return of.get(ExportWriting.class);
  }

  private ExportFiles files() {
    return books.get(ExportFiles.class);
  }

  private Path file(ExportRow export) {
    return files().rows(export.id());
  }

  private List<String> lines(ExportRow export) throws IOException {
    return Files.readAllLines(file(export));
  }

  private static Manifest manifest(ExportRow export) {
    return java.util.Objects.requireNonNull(export.manifest());
  }

  private static Seal seal(Manifest manifest) {
    return java.util.Objects.requireNonNull(manifest.seal());
  }

  private Verdict check(ExportRow export) throws IOException {
    return check(books, export);
  }

  private static Verdict check(SealedBooks of, ExportRow export) throws IOException {
    ExportFiles files = of.get(ExportFiles.class);
    return new ExportCheck(of.get(SealKey.class).publicKey(), null)
        .check(manifest(export), files.rows(export.id()), files.proof(export.id()));
  }

  private Verdict checkLines(ExportRow export, List<String> lines) throws IOException {
    Path altered =
        Files.writeString(folder.resolve("altered.jsonl"), String.join("\n", lines) + "\n");
    return new ExportCheck(books.get(SealKey.class).publicKey(), null)
        .check(manifest(export), altered, files().proof(export.id()));
  }
}
