package io.countersign.server.database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/// Unpacks the PostgreSQL binaries that came with the server, once per version of them.
final class PostgresBinaries {

  private static final int EXECUTABLE = 0111;

  private PostgresBinaries() {}

  /// @param source an archive as [#bundled()] is one
  /// @return the folder that holds `bin/postgres`; named by the archive's digest, so that an
  ///   upgrade unpacks beside the old one
  static Path unpackedUnder(Path folder, URL source) throws IOException {
    byte[] archive = read(source);
    Path target = folder.resolve("postgres-" + digest(archive).substring(0, 12));
    if (Files.isDirectory(target)) {
      return target;
    }
    Path draft = target.resolveSibling(target.getFileName() + ".new");
    FileSystemUtils.deleteRecursively(draft);
    unpack(archive, draft);
    // Half-unpacked binaries are never used: only the whole folder gets the name.
    return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The archive that came with the server.
  ///
  /// @throws DatabaseUnusable when there is none for this machine
  static URL bundled() {
    URL found = PostgresBinaries.class.getResource("/" + archiveName());
    if (found == null) {
      throw new DatabaseUnusable(
          "This build brings no PostgreSQL for this machine: it has no " + archiveName() + ".",
          "Point COUNTERSIGN_DATABASE_URL at a PostgreSQL of your own.");
    }
    return found;
  }

  /// What the archive for this machine is called.
  static String archiveName() {
    return "postgres-%s-%s.txz".formatted(operatingSystem(), architecture());
  }

  private static byte[] read(URL source) throws IOException {
    try (InputStream in = source.openStream()) {
      return in.readAllBytes();
    }
  }

  private static void unpack(byte[] archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("an entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(Objects.requireNonNull(path.getParent()));
          unpackFile(tar, entry, path);
        }
      }
    }
  }

  private static void unpackFile(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    if ((entry.getMode() & EXECUTABLE) != 0
        && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static String operatingSystem() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "windows";
    }
    return name.startsWith("mac") ? "darwin" : "linux";
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "arm_64";
      case String other -> other;
    };
  }

  private static String digest(byte[] archive) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
