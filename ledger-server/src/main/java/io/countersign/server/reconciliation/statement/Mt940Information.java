package io.countersign.server.reconciliation.statement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Field 86 in the three dialects that banks write it in: German (`166?00…?20EREF+…`), Dutch
/// (`/EREF/…/REMI/…`) and free text.
final class Mt940Information {

  // The width of a line in field 86. A full line was cut wherever it happened to end.
  private static final int WIDTH = 65;

  // Deutsche Kreditwirtschaft, Anlage 3, chapter 8: a transaction code, then ?NN in front of each
  // part. ?20–?29 and ?60–?63 are one text of 27-character pieces.
  private static final Pattern GERMAN =
      Pattern.compile("(\\d{3})([?<>~^|@+])(?=\\d{2}).*", Pattern.DOTALL);
  private static final Pattern SEPA_WORD =
      Pattern.compile(
          "(EREF|KREF|MREF|RREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|DDAT)(?:\\+|: ?)");
  private static final Pattern DUTCH_WORD =
      Pattern.compile(
          "/(TRTP|IBAN|BIC|NAME|REMI|EREF|KREF|PREF|RREF|CSID|MARF|ORDP|BENM|ULTD|ULTC|ULTB|ISDT|CNTP"
              + "|RTRN|ACCW|INIT|ADDR|ID|PURP|SVCL|CREF|IREF|SREF|BUSP|CTYP|OCMT|CHGS|EXCH|BOOK)/");

  /// The words whose values name one payment. A mandate (MREF, MARF) or a creditor (CRED, CSID)
  /// names many.
  private static final Set<String> IDENTIFYING =
      Set.of("EREF", "KREF", "PREF", "RREF", "CREF", "IREF", "SREF");

  private Mt940Information() {}

  /// Adds the references of the field and answers its readable text.
  static String read(List<String> lines, References references) {
    String joined = String.join("", lines);
    Matcher german = GERMAN.matcher(joined);
    if (german.matches()) {
      return german(joined.substring(4), german.group(2), references);
    }
    if (DUTCH_WORD.matcher(joined).lookingAt()) {
      return coded(joined, DUTCH_WORD, references);
    }
    String free = free(lines);
    coded(free, SEPA_WORD, references);
    return free;
  }

  private static String german(String parts, String mark, References references) {
    Map<Integer, String> subfields = new LinkedHashMap<>();
    for (String part : parts.split(Pattern.quote(mark) + "(?=\\d{2})", -1)) {
      if (part.length() > 2 && part.substring(0, 2).chars().allMatch(c -> c >= '0' && c <= '9')) {
        subfields.merge(Integer.parseInt(part.substring(0, 2)), part.substring(2), String::concat);
      }
    }
    StringBuilder purpose = new StringBuilder();
    StringJoiner names = new StringJoiner("");
    subfields.forEach(
        (code, value) -> {
          if ((code >= 20 && code <= 29) || (code >= 60 && code <= 63)) {
            purpose.append(value);
          } else if (code == 32 || code == 33) {
            names.add(value);
          }
        });
    StringJoiner text = new StringJoiner(" ");
    addUnlessBlank(text, subfields.getOrDefault(0, ""));
    addUnlessBlank(text, coded(purpose.toString(), SEPA_WORD, references));
    addUnlessBlank(text, names.toString());
    return text.toString();
  }

  /// Reads `WORDvalueWORDvalue…`: identifying values become references, and all becomes text.
  private static String coded(String content, Pattern word, References references) {
    Matcher words = word.matcher(content);
    StringJoiner text = new StringJoiner(" ");
    int from = 0;
    String key = "";
    while (words.find()) {
      take(key, content.substring(from, words.start()), references, text);
      key = words.group(1);
      // A Dutch value may end in the slash that begins the next word.
      from = words.end();
    }
    take(key, content.substring(from), references, text);
    return text.toString();
  }

  private static void take(String key, String value, References references, StringJoiner text) {
    String bare = value.replaceAll("^/+|/+$", "").strip();
    if (IDENTIFYING.contains(key)) {
      references.add(bare);
    }
    addUnlessBlank(text, bare);
  }

  private static String free(List<String> lines) {
    StringBuilder text = new StringBuilder();
    int width = 0;
    for (String line : lines) {
      if (!text.isEmpty() && width < WIDTH) {
        text.append(' ');
      }
      text.append(line);
      width = line.length();
    }
    return text.toString().strip();
  }

  private static void addUnlessBlank(StringJoiner text, String piece) {
    if (!piece.isBlank()) {
      text.add(piece.strip());
    }
  }
}
