package io.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.exports.ExportState;
import io.countersign.model.exports.Manifest;
import io.countersign.model.id.ExportId;
import io.countersign.seal.Verdict;
import io.countersign.server.seals.SealedBooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportTest {

  private final ExportedBooks exported = new ExportedBooks();

  @AfterEach
  void close() {
    exported.close();
  }

  @Test
  void every_entry_is_a_line_and_the_whole_holds_without_a_server() throws Exception {
    ExportRow export = exported.export(null);
    Manifest manifest = ExportedBooks.manifest(export);
    List<String> lines = exported.lines(export);
    assertThat(lines).hasSize(16);
    assertThat(manifest.rows()).isEqualTo(16);
    assertThat(manifest.debitTotals()).isEqualTo(manifest.creditTotals());
    assertThat(manifest.debitTotals().getFirst().minorUnits()).isEqualTo(1_561);
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith(
                        "{\"sequence\":"
                            + exported.order.sequence()
                            + ",\"transaction\":\""
                            + exported.order.id())
                    && line.contains("\"description\":\"Order \\\"4711\\\" – é\\n\"")
                    && line.contains("\"line\":4,\"account\":\"fees\"")
                    && line.contains("\"direction\":\"CREDIT\",\"amount\":{\"minorUnits\":2,")
                    && line.contains("\"layer\":\"posted\""));
    assertThat(exported.check(export).holds()).as(exported.check(export).toString()).isTrue();
    assertThat(manifest.throughSequence())
        .isEqualTo(java.util.Objects.requireNonNull(manifest.seal()).throughSequence());
  }

  @Test
  void a_part_holds_and_shows_that_it_lacks_nothing() throws Exception {
    ExportRow account = exported.export("a");
    assertThat(exported.lines(account))
        .hasSize(4)
        .allMatch(line -> line.contains("\"account\":\"a\""));
    assertThat(exported.check(account).holds()).as(exported.check(account).toString()).isTrue();
    ExportRow none = exported.export("a", ExportedBooks.FIRST, ExportedBooks.FIRST, null);
    assertThat(exported.lines(none)).isEmpty();
    assertThat(exported.check(none).holds()).as(exported.check(none).toString()).isTrue();
    ExportRow noDay = exported.export(null, ExportedBooks.FIRST, ExportedBooks.FIRST, null);
    assertThat(exported.check(noDay).holds()).as(exported.check(noDay).toString()).isTrue();
    ExportRow fees = exported.export("fees");
    assertThat(exported.lines(fees)).hasSize(1);
    assertThat(exported.check(fees).holds()).as(exported.check(fees).toString()).isTrue();
  }

  @Test
  void the_same_sequence_gives_the_same_bytes_whatever_came_after() throws Exception {
    ExportRow first = exported.export("b");
    exported.books.transfer("bank", "b", 99);
    exported.books.seal();
    ExportRow again =
        exported.export("b", ExportedBooks.FIRST, ExportedBooks.LAST, first.through());
    assertThat(exported.file(again)).hasSameBinaryContentAs(exported.file(first));
    assertThat(ExportedBooks.manifest(again).sha256())
        .isEqualTo(ExportedBooks.manifest(first).sha256());
    assertThat(exported.check(again).holds()).isTrue();
  }

  @Test
  void a_sequence_within_a_seal_is_kept_and_what_it_cannot_show_is_said() throws Exception {
    ExportRow export =
        exported.export("b", ExportedBooks.FIRST, ExportedBooks.LAST, exported.order.sequence());
    assertThat(exported.lines(export)).hasSize(2);
    Verdict verdict = exported.check(export);
    assertThat(verdict.holds()).as(verdict.toString()).isTrue();
    assertThat(verdict.remarks()).anyMatch(it -> it.contains("is not shown"));
  }

  @Test
  void books_without_anything_have_an_export_without_rows() throws Exception {
    try (SealedBooks empty = new SealedBooks()) {
      ExportRow export =
          ExportedBooks.export(empty, null, ExportedBooks.FIRST, ExportedBooks.LAST, null);
      assertThat(ExportedBooks.manifest(export).rows()).isZero();
      assertThat(ExportedBooks.manifest(export).seal()).isNull();
      assertThat(ExportedBooks.check(empty, export).holds()).isTrue();
    }
  }

  @Test
  void a_tampered_row_of_the_database_cannot_be_exported_under_its_seal() throws Exception {
    exported
        .books
        .tamperer()
        .sql("UPDATE journal.transaction SET description = 'x' WHERE sequence = :s")
        .param("s", exported.order.sequence())
        .update();
    ExportRow export = exported.export(null);
    assertThat(exported.check(export).holds()).isFalse();
  }

  @Test
  void where_sealing_has_stopped_an_export_fails_and_is_not_short() throws Exception {
    exported.books.seal();
    exported.books.tamperer().sql("DELETE FROM seals.seal WHERE number = 3").update();
    exported.books.transfer("bank", "b", 6);
    ExportId id =
        ExportedBooks.ask(exported.books, null, ExportedBooks.FIRST, ExportedBooks.LAST, null);
    exported.books.get(ExportWriting.class).perform(1, id, () -> false);
    ExportRow failed = exported.found(id);
    assertThat(failed.state()).isEqualTo(ExportState.FAILED);
    assertThat(failed.failure()).contains("verify the seals");
    assertThat(failed.manifest()).isNull();
    assertThat(exported.files().rows(id)).doesNotExist();
  }

  @Test
  void an_attempt_that_is_cut_off_leaves_no_file_and_is_made_good_by_the_next() throws Exception {
    ExportId id =
        ExportedBooks.ask(exported.books, null, ExportedBooks.FIRST, ExportedBooks.LAST, null);
    assertThatThrownBy(
            () -> exported.books.get(ExportWriting.class).perform(1, id, this::writesADraft))
        .isInstanceOf(ExportWriting.Interrupted.class);
    ExportRow cut = exported.found(id);
    assertThat(cut.state()).isEqualTo(ExportState.RUNNING);
    assertThat(exported.files().rows(id)).doesNotExist();
    try (var left = Files.list(exported.files().rows(id).getParent())) {
      assertThat(left).isEmpty();
    }
    exported.books.transfer("bank", "b", 1);
    exported.books.seal();
    exported.books.get(ExportWriting.class).perform(1, id, () -> false);
    ExportRow done = exported.found(id);
    assertThat(done.through()).isEqualTo(cut.through());
    assertThat(exported.lines(done)).hasSize(16);
    assertThat(exported.check(done).holds()).isTrue();
  }

  @Test
  void files_go_with_age_and_can_be_had_again() throws Exception {
    ExportRow old = exported.export("b");
    byte[] bytes = Files.readAllBytes(exported.file(old));
    ExportRow young = exported.export("a");
    ExportFiles files = exported.files();
    Path folder = java.util.Objects.requireNonNull(files.rows(old.id()).getParent());
    Path draft = Files.createFile(folder.resolve(old.id() + ".jsonl.7.part"));
    Path notOurs = Files.createFile(folder.resolve("notes.jsonl"));
    for (Path file : List.of(files.rows(old.id()), files.proof(old.id()), draft, notOurs)) {
      age(file, Duration.ofDays(31));
    }
    age(files.rows(young.id()), Duration.ofDays(29));

    exported.books.get(ExportFilePurge.class).purge();

    assertThat(files.rows(old.id())).doesNotExist();
    assertThat(files.proof(old.id())).doesNotExist();
    assertThat(draft).doesNotExist();
    assertThat(notOurs).exists();
    assertThat(files.rows(young.id())).exists();
    assertThat(files.proof(young.id())).exists();
    assertThat(exported.found(old.id()).state()).isEqualTo(ExportState.FINISHED);
    ExportRow again = exported.export("b", ExportedBooks.FIRST, ExportedBooks.LAST, old.through());
    assertThat(exported.file(again)).hasBinaryContent(bytes);
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(
        file, FileTime.from(java.time.Clock.systemUTC().instant().minus(age)));
  }

  private boolean writesADraft() {
    Path folderOfFiles =
        java.util.Objects.requireNonNull(
            exported.files().rows(new ExportId(new java.util.UUID(0, 0))).getParent());
    try (var drafts = Files.newDirectoryStream(folderOfFiles, "*.part")) {
      return drafts.iterator().hasNext();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
