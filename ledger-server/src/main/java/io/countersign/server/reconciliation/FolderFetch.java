package io.countersign.server.reconciliation;

import io.countersign.model.reconciliation.StatementImport;
import io.countersign.server.api.Caller;
import io.countersign.server.api.ProblemException;
import io.countersign.server.database.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Takes statement files from the folders of sources. Files stay where they are: each is known by
/// its content and read once, and one that cannot be read is noted and not tried again.
@Component
class FolderFetch {

  private static final Logger LOG = LoggerFactory.getLogger(FolderFetch.class);

  // Whoever lays a file down may still be writing it.
  private static final Duration STILL_BEING_WRITTEN = Duration.ofSeconds(2);
  private static final List<String> UNFINISHED =
      List.of(".part", ".partial", ".tmp", ".filepart", ".crdownload");
  private static final int BUFFER_SIZE = 64 * 1024;

  private final SourceStore sourceStore;
  private final Sources sources;
  private final StatementImports imports;
  private final FetchStore store;
  private final Runs runs;
  private final Transactions transactions;
  private final Clock clock;

  FolderFetch(
      SourceStore sourceStore,
      Sources sources,
      StatementImports imports,
      FetchStore store,
      Runs runs,
      Transactions transactions,
      Clock clock) {
    this.sourceStore = sourceStore;
    this.sources = sources;
    this.imports = imports;
    this.store = store;
    this.runs = runs;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Fetches for every source whose time has come, each on one server only, and starts a run, which
  /// notices what did not come.
  void fetchDue() {
    Instant now = clock.instant();
    for (SourceStore.Named due : sourceStore.due(now)) {
      SourceRow source = sources.get(due.ledger(), due.code());
      if (postponed(due.ledger(), source, now)) {
        fetch(due.ledger(), source);
        transactions.run(() -> runs.start(due.ledger(), source.code(), null));
      }
    }
  }

  private boolean postponed(int ledger, SourceRow source, Instant now) {
    Instant seen = source.nextFetchAt();
    String schedule = source.schedule();
    if (seen == null || schedule == null || seen.isAfter(now)) {
      return false;
    }
    Instant next = new FetchSchedule(schedule, source.zone()).next(now);
    return transactions.write(() -> sourceStore.postpone(ledger, source.code(), seen, next));
  }

  /// Reads what is new in the source's folder.
  void fetch(int ledger, SourceRow source) {
    String folder = source.folder();
    if (folder == null) {
      return;
    }
    try {
      for (Path file : files(Path.of(folder))) {
        take(ledger, source, file);
      }
    } catch (IOException e) {
      LOG.warn(
          "The folder {} of source {} cannot be read: {}", folder, source.code(), e.toString());
    }
  }

  // Sorted, so that the statements of consecutive days come in their order.
  private List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(this::isFinishedFile).sorted().toList();
    }
  }

  private boolean isFinishedFile(Path path) {
    String name = nameOf(path).toLowerCase(Locale.ROOT);
    if (name.startsWith(".") || UNFINISHED.stream().anyMatch(name::endsWith)) {
      return false;
    }
    try {
      Instant written = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && !written.plus(STILL_BEING_WRITTEN).isAfter(clock.instant());
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }

  private void take(int ledger, SourceRow source, Path file) throws IOException {
    String sha256 = sha256(file);
    if (store.isKnown(ledger, source.code(), sha256)) {
      return;
    }
    StatementImport imported = null;
    String problem = null;
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      imported = imports.receive(ledger, source.code(), nameOf(file), content, Caller.SYSTEM);
    } catch (ProblemException e) {
      problem = e.problem().detail();
      LOG.warn("{} of source {} was not taken: {}", file, source.code(), problem);
    }
    note(ledger, source, file, sha256, imported, problem);
  }

  private void note(
      int ledger,
      SourceRow source,
      Path file,
      String sha256,
      @Nullable StatementImport imported,
      @Nullable String problem) {
    transactions.run(
        () ->
            store.insert(
                ledger,
                source.code(),
                sha256,
                nameOf(file),
                clock.instant(),
                imported == null ? null : StatementImportIds.parse(imported.importId()),
                problem));
  }

  private static String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  private static String sha256(Path file) throws IOException {
    ContentHash hash = new ContentHash();
    byte[] buffer = new byte[BUFFER_SIZE];
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        hash.addBytes(buffer, read);
      }
    }
    return hash.hex();
  }
}
