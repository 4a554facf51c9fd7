import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Google Java Format over every source of every module, in one JVM: `check` names the files that
/// differ and fails, `apply` rewrites them. The build runs it; see the README.
final class FormatSources {

  private static final List<String> MODULES =
      List.of("shared-model", "ledger-server", "console-app", "installers", "tools");

  private FormatSources() {}

  public static void main(String[] arguments) throws Exception {
    var command = new ArrayList<String>();
    switch (arguments[0]) {
      case "check" -> command.addAll(List.of("--dry-run", "--set-exit-if-changed"));
      case "apply" -> command.add("--replace");
      default -> throw new IllegalArgumentException("check or apply, not " + arguments[0]);
    }
    for (String module : MODULES) {
      sources(Path.of(module)).map(Path::toString).forEach(command::add);
    }
    var out = new PrintWriter(System.out, true);
    var err = new PrintWriter(System.err, true);
    int result = new Main(out, err, System.in).format(command.toArray(String[]::new));
    if (result != 0) {
      err.println("These sources are not formatted; `mvn -N -Pformat validate` does it.");
    }
    System.exit(result);
  }

  private static Stream<Path> sources(Path module) throws IOException {
    if (!Files.isDirectory(module)) {
      return Stream.of();
    }
    try (Stream<Path> all = Files.walk(module)) {
      return all
          .filter(
              path ->
                  path.toString().endsWith(".java") && !path.startsWith(module.resolve("target")))
          .sorted()
          .toList()
          .stream();
    }
  }
}
