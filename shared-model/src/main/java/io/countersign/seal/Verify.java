package io.countersign.seal;

import io.countersign.model.exports.Manifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `countersign-verify`: checks an export with no server at hand (`docs/auditors.md`). Ends with 0
/// when it holds, 1 when it does not, 2 when it was not asked properly.
public final class Verify {

  private static final int HOLDS = 0;
  private static final int BROKEN = 1;
  private static final int MISUSED = 2;

  private static final Set<String> OPTIONS =
      Set.of("--export", "--file", "--proof", "--key", "--since");
  private static final String USAGE =
      """
      usage: countersign-verify --export export.json --file rows.jsonl --proof proof.jsonl
                                --key seal.pub [--since number:hash]
        --export  what GET …/exports/{id} answered, or the manifest in it
        --file    what GET …/exports/{id}/file answered
        --proof   what GET …/exports/{id}/proof answered
        --key     the server's public key: seal.pub (PEM), or 64 hexadecimal digits
        --since   a seal kept from earlier: shows that the books only grew since
      """;

  private Verify() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /// The command without the end of the process.
  ///
  /// @return what the process ends with
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    Map<String, String> options = options(arguments);
    if (options == null) {
      err.print(USAGE);
      return MISUSED;
    }
    try {
      Verdict verdict =
          new ExportCheck(key(required(options, "--key")), known(options.get("--since")))
              .check(
                  manifest(Path.of(required(options, "--export"))),
                  Path.of(required(options, "--file")),
                  Path.of(required(options, "--proof")));
      return told(verdict, out);
    } catch (IOException | IllegalArgumentException | JacksonException e) {
      err.println("countersign-verify: " + e.getMessage());
      return MISUSED;
    }
  }

  private static int told(Verdict verdict, PrintStream out) {
    if (verdict.holds()) {
      out.println("HOLDS");
      verdict.remarks().forEach(out::println);
      return HOLDS;
    }
    String place = verdict.firstLine() == null ? "" : "first at line " + verdict.firstLine() + ": ";
    out.println("DOES NOT HOLD: " + place + verdict.detail());
    return BROKEN;
  }

  private static @Nullable Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    if (arguments.length % 2 != 0) {
      return null;
    }
    for (int i = 0; i < arguments.length; i += 2) {
      if (!OPTIONS.contains(arguments[i]) || options.put(arguments[i], arguments[i + 1]) != null) {
        return null;
      }
    }
    return options.keySet().containsAll(Set.of("--export", "--file", "--proof", "--key"))
        ? options
        : null;
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private static Manifest manifest(Path file) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    JsonNode read = json.readTree(Files.readString(file));
    JsonNode manifest = read.has("manifest") ? read.get("manifest") : read;
    if (!manifest.has("sha256")) {
      throw new IllegalArgumentException(file + " holds no manifest");
    }
    return json.treeToValue(manifest, Manifest.class);
  }

  private static byte[] key(String given) throws IOException {
    if (given.matches("[0-9a-f]{64}")) {
      return HexFormat.of().parseHex(given);
    }
    String pem = Files.readString(Path.of(given));
    return Ed25519.publicDecoded(
        Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) [A-Z ]+-----", "")));
  }

  private static ExportCheck.@Nullable Known known(@Nullable String since) {
    if (since == null) {
      return null;
    }
    if (!since.matches("\\d{1,18}:[0-9a-f]{64}")) {
      throw new IllegalArgumentException("--since takes a seal's number and hash, as 12:ab…");
    }
    int colon = since.indexOf(':');
    return new ExportCheck.Known(
        Long.parseLong(since.substring(0, colon)), since.substring(colon + 1));
  }
}
