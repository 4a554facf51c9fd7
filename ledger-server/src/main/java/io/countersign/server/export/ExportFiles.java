package io.countersign.server.export;

import io.countersign.model.id.ExportId;
import io.countersign.server.database.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// Where the files of exports are. Under its own name a file is whole; what is being written has
/// another.
@Component
class ExportFiles {

  private final Path folder;

  ExportFiles(Home home, ExportsProperties properties) {
    Path wanted = properties.folder() == null ? home.resolve("exports") : properties.folder();
    this.folder = Home.at(wanted).folder();
  }

  Path rows(ExportId id) {
    return folder.resolve(id + ".jsonl");
  }

  Path proof(ExportId id) {
    return folder.resolve(id + ".proof.jsonl");
  }

  /// Each writer has a draft of its own: one that was taken for dead may still be writing.
  Path draft(Path whole) {
    try {
      return Files.createTempFile(folder, whole.getFileName() + ".", ".part");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gives a finished draft its name, once it is on disk.
  void publish(Path draft, Path whole) {
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes what earlier attempts at this export have left.
  void clear(ExportId id) {
    try (var drafts = Files.newDirectoryStream(folder, id + "*.part")) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes whole files and drafts that nobody has written to since.
  ///
  /// @return how many
  int removeWrittenBefore(Instant instant) {
    int removed = 0;
    try (var all = Files.newDirectoryStream(folder, "exp_*.{jsonl,part}")) {
      for (Path file : all) {
        if (isWrittenBefore(file, instant) && Files.deleteIfExists(file)) {
          removed++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return removed;
  }

  private static boolean isWrittenBefore(Path file, Instant instant) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(instant);
    } catch (NoSuchFileException gone) {
      // Another server was faster.
      return false;
    }
  }
}
