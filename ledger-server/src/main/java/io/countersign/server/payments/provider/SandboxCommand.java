package io.countersign.server.payments.provider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How the sandbox acquirer is started on the Java and the class path of this very server.
final class SandboxCommand {

  /// By name: the acquirer is another program, which happens to travel in the same file.
  private static final String MAIN = "io.countersign.server.sandbox.SandboxAcquirer";

  /// Spring Boot's fat jar hides its classes from the JVM; this launcher of its own finds them and
  /// runs the main class it is told to (Spring Boot, "The Executable Jar Format").
  private static final String FAT_JAR_LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  private static final Set<String> INHERITED =
      Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SystemRoot", "TEMP", "TMP");

  private SandboxCommand() {}

  static ProcessBuilder builder(Path folder, int port) {
    ProcessBuilder builder = new ProcessBuilder(arguments());
    // Secrets of the server are none of its business.
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(name -> !name.startsWith("SANDBOX_") && !INHERITED.contains(name));
    environment.putIfAbsent("SANDBOX_HOME", folder.toString());
    environment.put("SANDBOX_PORT", String.valueOf(port));
    // No pipe to the server: it must not die of a broken one when the server is killed.
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(nothing()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(outputOf(folder).toFile()));
  }

  static Path outputOf(Path folder) {
    return folder.resolve("sandbox.log");
  }

  private static List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    if (isFatJar()) {
      arguments.add("-Dloader.main=" + MAIN);
    }
    arguments.add("-cp");
    arguments.add(System.getProperty("java.class.path"));
    arguments.add(isFatJar() ? FAT_JAR_LAUNCHER : MAIN);
    return arguments;
  }

  private static boolean isFatJar() {
    return ClassLoader.getSystemResource(FAT_JAR_LAUNCHER.replace('.', '/') + ".class") != null;
  }

  private static java.io.File nothing() {
    return new java.io.File(
        System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
  }
}
