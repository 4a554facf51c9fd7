package io.countersign.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How PostgreSQL is run without the rights of root, which it refuses to run with.
///
/// An ordinary user needs nothing. Root gets a user namespace (`unshare -U`) where the kernel
/// allows one, otherwise `setpriv` to the user `nobody`, who then owns the folder.
record Unprivileged(List<String> prefix, @Nullable String user) {

  private static final Logger log = LoggerFactory.getLogger(Unprivileged.class);
  private static final String USER = "nobody";

  static Unprivileged find(Path postgres, Path folder) throws IOException {
    if (!isRoot(folder)) {
      return new Unprivileged(List.of(), null);
    }
    log.warn("Running as root; PostgreSQL is given fewer rights. Prefer a user of its own.");
    var namespace = new Unprivileged(List.of("unshare", "-U"), null);
    if (namespace.canRun(postgres, folder)) {
      return namespace;
    }
    var other = new Unprivileged(setpriv(folder), USER);
    letThrough(Objects.requireNonNull(folder.getParent()));
    other.own(folder);
    if (!other.canRun(postgres, folder)) {
      throw new DatabaseUnusable(
          "PostgreSQL refuses to run as root, and the user '%s' cannot reach %s."
              .formatted(USER, folder),
          "Run the server as an ordinary user, or set COUNTERSIGN_HOME to a folder that user can"
              + " reach.");
    }
    return other;
  }

  /// Hands a file to whoever PostgreSQL runs as.
  void own(Path path) throws IOException {
    if (user != null) {
      var users = path.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(path, users.lookupPrincipalByName(user));
    }
  }

  private boolean canRun(Path postgres, Path folder) {
    return Commands.works(folder, Commands.join(prefix, List.of(postgres.toString(), "--version")));
  }

  private static boolean isRoot(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    return posix && Commands.output(folder, "id", "-u").equals("0");
  }

  private static List<String> setpriv(Path folder) throws IOException {
    String userId = Commands.output(folder, "id", "-u", USER);
    String groupId = Commands.output(folder, "id", "-g", USER);
    return List.of("setpriv", "--reuid=" + userId, "--regid=" + groupId, "--clear-groups");
  }

  // Passing through the home is enough; its names and secrets stay unreadable.
  private static void letThrough(Path home) throws IOException {
    var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(home));
    permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    Files.setPosixFilePermissions(home, permissions);
  }
}
