package io.countersign.server.export;

import io.countersign.model.id.ExportId;
import io.countersign.server.database.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
}
