package io.countersign.seal;

import io.countersign.model.exports.Manifest;
import io.countersign.model.seals.Seal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Checks an export with no server at hand: that its file is what the server signed, that every
/// line is as it was sealed, that none is missing, and that the seals are one signed chain. Reads
/// both files once, in memory that does not grow with them.
public final class ExportCheck {

  /// A seal that the auditor has kept from earlier.
  ///
  /// @param hash in hexadecimal
  public record Known(long number, String hash) {}

  private static final HexFormat HEX = HexFormat.of();

  private final JsonMapper json = JsonMapper.builder().build();
  private final byte[] publicKey;
  private final @Nullable Known known;
  private final List<String> remarks = new ArrayList<>();

  private byte[] lastHash = new byte[Sha256.BYTES];
  private long lastNumber;
  private long lastThrough;

  /// @param publicKey the 32 bytes of the server's key, from a source the auditor trusts
  /// @param known null when there is none to compare with
  public ExportCheck(byte[] publicKey, @Nullable Known known) {
    this.publicKey = publicKey.clone();
    this.known = known;
  }

  public Verdict check(Manifest manifest, Path rows, Path proof) throws IOException {
    if (!HEX.formatHex(publicKey).equals(manifest.publicKey())
        || !Ed25519.verifies(
            publicKey, ManifestForm.canonical(manifest), HEX.parseHex(manifest.signature()))) {
      return Verdict.broken(null, "The manifest is not signed with this key.");
    }
    try (RowReader reader = new RowReader(rows);
        BufferedReader sections = Files.newBufferedReader(proof)) {
      Verdict broken = sectionsBroken(manifest, reader, sections);
      return broken != null ? broken : ended(manifest, reader);
    } catch (RowReader.BadLine e) {
      return Verdict.broken(e.line(), "This line " + e.getMessage() + ".");
    } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
      return Verdict.broken(null, "The proof cannot be used: " + e.getMessage());
    }
  }

  private @Nullable Verdict sectionsBroken(
      Manifest manifest, RowReader reader, BufferedReader sections) throws IOException {
    String line = sections.readLine();
    while (line != null) {
      SealProof section = json.readValue(line, SealProof.class);
      Verdict broken = chainBroken(manifest.ledger(), section.seal());
      if (broken == null) {
        broken =
            new SectionCheck(manifest.filter(), manifest.throughSequence()).check(section, reader);
      }
      if (broken != null) {
        return broken;
      }
      if (section.seal().throughSequence() > manifest.throughSequence()
          && section.totals() != null) {
        remarks.add(
            "Seal %d reaches beyond sequence %d: that nothing of it is missing up to there is not shown."
                .formatted(section.seal().number(), manifest.throughSequence()));
      }
      line = sections.readLine();
    }
    return null;
  }

  private @Nullable Verdict chainBroken(String ledger, Seal seal) {
    SealStatement statement = SealStatement.of(ledger, seal);
    boolean signed =
        Arrays.equals(statement.publicKey(), publicKey)
            && Ed25519.verifies(publicKey, statement.canonical(), HEX.parseHex(seal.signature()));
    if (!signed
        || !HEX.formatHex(statement.hash()).equals(seal.hash())
        || !HEX.formatHex(statement.root()).equals(seal.root())) {
      return Verdict.broken(null, "Seal " + seal.number() + " is not signed with this key.");
    }
    if (seal.number() != lastNumber + 1
        || seal.fromSequence() != lastThrough + 1
        || !Arrays.equals(statement.previous(), lastHash)) {
      return Verdict.broken(
          null, "Seal " + seal.number() + " does not follow from seal " + lastNumber + ".");
    }
    if (known != null && known.number() == seal.number()) {
      if (!known.hash().equals(seal.hash())) {
        return Verdict.broken(
            null,
            "Seal " + seal.number() + " is not the one that was kept: the books were rewritten.");
      }
      remarks.add("The books only grew since seal " + known.number() + ".");
    }
    lastNumber = seal.number();
    lastThrough = seal.throughSequence();
    lastHash = statement.hash();
    return null;
  }

  private Verdict ended(Manifest manifest, RowReader reader) throws IOException {
    RowReader.Group more = reader.group();
    if (more != null) {
      return Verdict.broken(more.firstLine(), "No seal covers this line.");
    }
    Seal seal = manifest.seal();
    if (!Objects.equals(
        seal == null ? null : seal.hash(), lastNumber == 0 ? null : HEX.formatHex(lastHash))) {
      return Verdict.broken(null, "The proof does not end with the seal of the manifest.");
    }
    if (seal != null && seal.throughSequence() < manifest.throughSequence()) {
      return Verdict.broken(null, "The manifest's seal does not reach its sequence.");
    }
    if (known != null && known.number() > lastNumber) {
      return Verdict.broken(
          null,
          "Seal " + known.number() + " was kept, but the chain ends with " + lastNumber + ".");
    }
    if (reader.lines() != manifest.rows()
        || !reader.debitTotals().equals(manifest.debitTotals())
        || !reader.creditTotals().equals(manifest.creditTotals())
        || !reader.sha256().equals(manifest.sha256())) {
      return Verdict.broken(null, "Rows, totals or SHA-256 are not those of the manifest.");
    }
    remarks.addFirst(
        "%d rows, %d seals, through sequence %d: every row is as it was sealed, and none is missing."
            .formatted(manifest.rows(), lastNumber, manifest.throughSequence()));
    return new Verdict(true, null, "", remarks);
  }
}
