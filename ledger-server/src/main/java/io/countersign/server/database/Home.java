package io.countersign.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;

/// The folder that keeps what this server must find again: embedded data, logs and secrets
/// (`COUNTERSIGN_HOME`). Only its owner can read it.
public record Home(Path folder) {

  private static final int SECRET_BYTES = 24;

  /// Makes the folder when it is not there yet.
  public static Home at(Path folder) {
    try {
      Path absolute = folder.toAbsolutePath().normalize();
      if (!Files.isDirectory(absolute)) {
        Files.createDirectories(absolute, ownerOnly("rwx------"));
      }
      return new Home(absolute.toRealPath());
    } catch (IOException e) {
      throw new DatabaseUnusable(
          "The folder " + folder + " cannot be used: " + e,
          "Set COUNTERSIGN_HOME to a folder this user can write.",
          e);
    }
  }

  public Path resolve(String name) {
    return folder.resolve(name);
  }

  /// The secret kept in the file of this name, generated at first use; 48 hexadecimal digits that
  /// only the file's owner can read.
  public String secret(String fileName) {
    Path file = folder.resolve(fileName);
    try {
      writeNew(file);
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Written beside and then linked: a crash in between leaves no empty secret behind.
  private static void writeNew(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    Path draft = Files.createTempFile(Objects.requireNonNull(file.getParent()), "secret", ".new");
    try {
      Files.writeString(draft, HexFormat.of().formatHex(random));
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another server on the same home was first; its secret is the one.
    } finally {
      Files.delete(draft);
    }
  }

  static FileAttribute<?>[] ownerOnly(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
