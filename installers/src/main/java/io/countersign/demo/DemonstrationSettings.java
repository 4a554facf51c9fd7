package io.countersign.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the demonstration runs, as the environment says (`docs/api.md`, section 10).
///
/// @param administratorPassword null when the server generates one into a file
/// @param hasDisplay whether a window can be opened
record DemonstrationSettings(
    URI server,
    URI sandbox,
    Path home,
    @Nullable String administratorPassword,
    boolean hasDisplay) {

  /// Of the users that the server makes for demonstrations.
  static final String PASSWORD = "demo-only-password";

  private static final String PASSWORD_FILE = "admin-password";

  static DemonstrationSettings from(Map<String, String> environment) {
    String home = environment.get("COUNTERSIGN_HOME");
    return new DemonstrationSettings(
        URI.create("http://127.0.0.1:" + environment.getOrDefault("SERVER_PORT", "8080")),
        URI.create("http://127.0.0.1:" + environment.getOrDefault("SANDBOX_PORT", "8090")),
        home == null
            ? Path.of(System.getProperty("user.home"), ".countersign", "demo")
            : Path.of(home).toAbsolutePath(),
        environment.get("COUNTERSIGN_ADMIN_PASSWORD"),
        hasDisplay(environment));
  }

  private static boolean hasDisplay(Map<String, String> environment) {
    boolean unix = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    return !unix
        || !environment.getOrDefault("DISPLAY", "").isBlank()
        || !environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank();
  }

  String administrator() {
    if (administratorPassword != null) {
      return administratorPassword;
    }
    try {
      return Files.readString(home.resolve(PASSWORD_FILE)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String administratorHint() {
    return administratorPassword == null
        ? "the password is in " + home.resolve(PASSWORD_FILE)
        : "the password you set in COUNTERSIGN_ADMIN_PASSWORD";
  }
}
