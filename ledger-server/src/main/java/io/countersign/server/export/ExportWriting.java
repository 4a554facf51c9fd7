package io.countersign.server.export;

import io.countersign.model.exports.ExportState;
import io.countersign.model.exports.Manifest;
import io.countersign.model.id.ExportId;
import io.countersign.model.seals.Seal;
import io.countersign.seal.ManifestForm;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.database.Transactions;
import io.countersign.server.journal.JournalTrail;
import io.countersign.server.journal.JournalTrail.Step;
import io.countersign.server.seals.SealKey;
import io.countersign.server.seals.Seals;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes an export, seal by seal, from its beginning.
///
/// The same filter and sequence give the same bytes, so an attempt that was cut off is simply begun
/// anew, on whichever server. A file gets its name when it is whole, and the export its manifest
/// after that.
@Component
class ExportWriting {

  private static final Logger LOG = LoggerFactory.getLogger(ExportWriting.class);
  private static final int SEALS_AT_ONCE = 100;
  private static final int PERCENT = 100;

  private final ExportStore store;
  private final ExportFiles files;
  private final JournalTrail trail;
  private final Seals seals;
  private final SealKey key;
  private final Ledgers ledgers;
  private final Transactions transactions;
  private final JsonMapper json;
  private final Clock clock;

  ExportWriting(
      ExportStore store,
      ExportFiles files,
      JournalTrail trail,
      Seals seals,
      SealKey key,
      Ledgers ledgers,
      Transactions transactions,
      JsonMapper json,
      Clock clock) {
    this.store = store;
    this.files = files;
    this.trail = trail;
    this.seals = seals;
    this.key = key;
    this.ledgers = ledgers;
    this.transactions = transactions;
    this.json = json;
    this.clock = clock;
  }

  /// The server is going down; another start takes the work up.
  static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Interrupted() {
      super("the server is shutting down; the export begins anew with the next start");
    }
  }

  /// Does nothing when the export has ended.
  ///
  /// @param stopping whether the server is going down
  void perform(int ledgerId, ExportId id, BooleanSupplier stopping) throws IOException {
    Optional<ExportRow> asked = store.find(ledgerId, id);
    if (asked.isEmpty() || asked.get().state() != ExportState.RUNNING) {
      return;
    }
    LedgerScope ledger = ledgers.byId(ledgerId).scope();
    ExportRow export = fixed(ledger, asked.get(), stopping);
    long through = Objects.requireNonNull(export.through());
    Optional<Seal> last = seals.reaching(ledger, through);
    if (last.isEmpty() && !trail.after(ledgerId, JournalTrail.BEFORE_ALL, through).isEmpty()) {
      fail(
          ledger, id, "No seal reaches sequence " + through + "; verify the seals of this ledger.");
      return;
    }
    files.clear(id);
    write(ledger, export, through, last.orElse(null), stopping);
  }

  /// Gives up for good.
  void fail(LedgerScope ledger, ExportId id, String reason) {
    LOG.error("Export {} of ledger '{}' failed: {}", id, ledger.code(), reason);
    transactions.run(() -> store.fail(ledger.id(), id, reason, clock.instant()));
  }

  // Where no sequence was asked for, it ends with a seal, so that nothing can be missing unseen.
  private ExportRow fixed(LedgerScope ledger, ExportRow export, BooleanSupplier stopping) {
    long watermark = seals.sealNow(ledger, stopping);
    if (stopping.getAsBoolean()) {
      throw new Interrupted();
    }
    if (export.through() != null) {
      return export;
    }
    long sealed = seals.newest(ledger).map(Seal::throughSequence).orElse(JournalTrail.BEFORE_ALL);
    boolean all = trail.after(ledger.id(), sealed, watermark).isEmpty();
    // Where sealing has stopped, the export must fail and not be short.
    long through = all && sealed >= 0 ? sealed : watermark;
    transactions.run(() -> store.fixThrough(ledger.id(), export.id(), through));
    return store.find(ledger.id(), export.id()).orElseThrow();
  }

  private void write(
      LedgerScope ledger,
      ExportRow export,
      long through,
      @Nullable Seal last,
      BooleanSupplier stopping)
      throws IOException {
    Path rowsWhole = files.rows(export.id());
    Path proofWhole = files.proof(export.id());
    Path rowsDraft = files.draft(rowsWhole);
    Path proofDraft = files.draft(proofWhole);
    try {
      RowFile rows = drafted(ledger, export, last, rowsDraft, proofDraft, stopping);
      files.publish(proofDraft, proofWhole);
      files.publish(rowsDraft, rowsWhole);
      Manifest manifest = manifest(ledger, export, through, last, rows);
      transactions.run(() -> store.finish(ledger.id(), export.id(), manifest, clock.instant()));
    } finally {
      Files.deleteIfExists(rowsDraft);
      Files.deleteIfExists(proofDraft);
    }
  }

  /// @return what was written, closed
  private RowFile drafted(
      LedgerScope ledger,
      ExportRow export,
      @Nullable Seal last,
      Path rowsDraft,
      Path proofDraft,
      BooleanSupplier stopping)
      throws IOException {
    try (RowFile rows = new RowFile(rowsDraft);
        BufferedWriter proof = Files.newBufferedWriter(proofDraft, StandardCharsets.UTF_8)) {
      if (last != null) {
        writeSections(ledger, export, last, rows, proof, stopping);
      }
      return rows;
    }
  }

  private void writeSections(
      LedgerScope ledger,
      ExportRow export,
      Seal last,
      RowFile rows,
      BufferedWriter proof,
      BooleanSupplier stopping)
      throws IOException {
    long after = JournalTrail.BEFORE_ALL;
    long seen = 0;
    int percent = 0;
    while (seen < last.number()) {
      for (Seal seal : seals.after(ledger, seen, SEALS_AT_ONCE)) {
        if (seal.number() > last.number()) {
          return;
        }
        long through = Objects.requireNonNull(export.through());
        SealSection section = new SealSection(export.filter(), through, rows::write);
        readSection(ledger.id(), after, seal.throughSequence(), section, stopping);
        proof.write(json.writeValueAsString(section.proof(seal)));
        proof.write('\n');
        seen = seal.number();
        after = seal.throughSequence();
        int now =
            (int) Math.min(PERCENT - 1, after / Math.max(1, last.throughSequence() / PERCENT));
        if (now > percent) {
          percent = now;
          transactions.run(() -> store.progress(ledger.id(), export.id(), now));
        }
      }
    }
  }

  private void readSection(
      int ledger, long after, long through, SealSection section, BooleanSupplier stopping) {
    List<Step> page = trail.after(ledger, after, through);
    while (!page.isEmpty()) {
      if (stopping.getAsBoolean()) {
        throw new Interrupted();
      }
      page.forEach(section::add);
      page = trail.after(ledger, page.getLast().transaction().sequence(), through);
    }
  }

  private Manifest manifest(
      LedgerScope ledger, ExportRow export, long through, @Nullable Seal last, RowFile rows) {
    HexFormat hex = HexFormat.of();
    Manifest unsigned =
        new Manifest(
            ledger.code(),
            rows.rows(),
            rows.debitTotals(),
            rows.creditTotals(),
            rows.sha256(),
            export.filter(),
            through,
            last,
            "",
            hex.formatHex(key.publicKey()));
    return new Manifest(
        unsigned.ledger(),
        unsigned.rows(),
        unsigned.debitTotals(),
        unsigned.creditTotals(),
        unsigned.sha256(),
        unsigned.filter(),
        unsigned.throughSequence(),
        unsigned.seal(),
        hex.formatHex(key.sign(ManifestForm.canonical(unsigned))),
        unsigned.publicKey());
  }
}
