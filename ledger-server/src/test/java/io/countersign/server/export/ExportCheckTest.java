package io.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.exports.Manifest;
import io.countersign.model.seals.Seal;
import io.countersign.seal.ExportCheck;
import io.countersign.seal.ManifestForm;
import io.countersign.seal.Verdict;
import io.countersign.seal.Verify;
import io.countersign.server.database.Home;
import io.countersign.server.seals.SealKey;
import io.countersign.server.seals.SealedBooks;
import io.countersign.server.seals.Seals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What an auditor finds without a server.
class ExportCheckTest {

  private final ExportedBooks exported = new ExportedBooks();

  @TempDir Path folder;

  @AfterEach
  void close() {
    exported.close();
  }

  @Test
  void each_altered_line_is_named() throws Exception {
    ExportRow export = exported.export(null);
    List<String> lines = exported.lines(export);
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
    ExportRow export = exported.export("b");
    List<String> lines = exported.lines(export);
    String proof = Files.readString(exported.files().proof(export.id()));
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
        new ExportCheck(exported.books.get(SealKey.class).publicKey(), null)
            .check(ExportedBooks.manifest(export), rows, kept);
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
    ExportRow export = exported.export(null);
    Manifest manifest = ExportedBooks.manifest(export);
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
    byte[] key = exported.books.get(SealKey.class).publicKey();
    Path rows = exported.file(export);
    Path proof = exported.files().proof(export.id());
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
    ExportRow export = exported.export("b");
    Path answer = folder.resolve("export.json");
    Files.writeString(
        answer, exported.books.get(JsonMapper.class).writeValueAsString(export.toModel()));
    String key = exported.books.get(Home.class).resolve("seal.pub").toString();
    String proof = exported.files().proof(export.id()).toString();
    String rows = exported.file(export).toString();
    assertThat(
            verify("--export", answer.toString(), "--file", rows, "--proof", proof, "--key", key))
        .startsWith("0 HOLDS\n5 rows, 3 seals");
    Path altered = folder.resolve("altered");
    Files.writeString(altered, Files.readString(exported.file(export)).replace("\"b\"", "\"a\""));
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
    Seal kept = exported.books.get(Seals.class).after(SealedBooks.MAIN, 0, 1).getFirst();
    ExportRow export = exported.export(null);
    byte[] key = exported.books.get(SealKey.class).publicKey();
    Path rows = exported.file(export);
    Path proof = exported.files().proof(export.id());
    Verdict grew =
        new ExportCheck(key, new ExportCheck.Known(1, kept.hash()))
            .check(ExportedBooks.manifest(export), rows, proof);
    assertThat(grew.holds()).isTrue();
    assertThat(grew.remarks()).anyMatch(it -> it.contains("only grew since seal 1"));
    assertThat(
            new ExportCheck(key, new ExportCheck.Known(1, "ab".repeat(32)))
                .check(ExportedBooks.manifest(export), rows, proof)
                .detail())
        .contains("rewritten");
    assertThat(
            new ExportCheck(key, new ExportCheck.Known(9, kept.hash()))
                .check(ExportedBooks.manifest(export), rows, proof)
                .holds())
        .isFalse();
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

  private Verdict checkLines(ExportRow export, List<String> lines) throws IOException {
    Path altered =
        Files.writeString(folder.resolve("altered.jsonl"), String.join("\n", lines) + "\n");
    return new ExportCheck(exported.books.get(SealKey.class).publicKey(), null)
        .check(ExportedBooks.manifest(export), altered, exported.files().proof(export.id()));
  }
}
