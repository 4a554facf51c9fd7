package io.countersign.server.reconciliation.statement;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads a statement file of any supported format, told apart by its content, gzipped or not.
///
/// The file is read once, as a stream; memory does not grow with it.
public final class StatementReader {

  static final String SUPPORTED =
      "Supported are camt.053 (XML), MT940, BAI2, Stripe's itemised reports and tables, and Adyen's"
          + " settlement details, plain or gzipped.";

  private static final int SAMPLE_SIZE = 16 * 1024;
  private static final Pattern MT940 =
      Pattern.compile("(?:^|[\\r\\n]|\\{4:)\\s?:(?:20|25P?|28C?|60[FM]|61):");

  private static final Pattern BAI2 =
      Pattern.compile("(?:^|[\\r\\n])\\s*01,[^,\\r\\n]*,[^,\\r\\n]*,\\d{6,8},");

  private StatementReader() {}

  /// Delivers every line and statement to `sink`.
  ///
  /// @throws UnreadableStatement when the file is no statement or broken; what the sink got by then
  ///   is not to be kept
  /// @throws IOException when the stream itself fails
  public static void read(InputStream file, StatementSink sink) throws IOException {
    try {
      InputStream plain = unpacked(buffered(file));
      byte[] sample = sample(plain);
      String text = decoded(sample);
      if (text.isBlank()) {
        throw Place.START.unreadable("The file is empty. Fetch it from the bank again.");
      }
      if (text.stripLeading().startsWith("<")) {
        Charset encoding = XmlEncoding.of(text, encoding(sample));
        InputStream document = withoutMark(plain, sample);
        int linesBefore = skipBlank(document, text);
        CamtReader.read(XmlEncoding.strictly(document, encoding), linesBefore, sink);
      } else if (MT940.matcher(text).find()) {
        new Mt940Reader(new TextLines(withoutMark(plain, sample), encoding(sample)), sink).read();
      } else if (BAI2.matcher(text).find()) {
        new Bai2Reader(new TextLines(withoutMark(plain, sample), encoding(sample)), sink).read();
      } else {
        table(plain, sample, sink);
      }
    } catch (EOFException | ZipException cut) {
      throw Place.START.unreadable(
          "The gzip file is broken or cut short. Fetch it from the bank again.");
    }
  }

  private static void table(InputStream plain, byte[] sample, StatementSink sink)
      throws IOException {
    Charset encoding = encoding(sample);
    InputStream content = withoutMark(plain, sample);
    int mark = markLength(sample);
    KnownTable table = KnownTable.of(Arrays.copyOfRange(sample, mark, sample.length), encoding);
    if (table == null) {
      throw Place.START.unreadable(unknown(sample));
    }
    table.read(content, encoding, sink);
  }

  private static InputStream buffered(InputStream file) {
    return new BufferedInputStream(file, SAMPLE_SIZE);
  }

  private static InputStream unpacked(InputStream file) throws IOException {
    byte[] start = sample(file);
    boolean gzip = start.length > 1 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b;
    return gzip ? buffered(new GZIPInputStream(file, SAMPLE_SIZE)) : file;
  }

  private static byte[] sample(InputStream file) throws IOException {
    file.mark(SAMPLE_SIZE);
    byte[] sample = file.readNBytes(SAMPLE_SIZE);
    file.reset();
    return sample;
  }

  private static String decoded(byte[] sample) {
    Charset marked = encoding(sample);
    String text = new String(sample, marked == null ? StandardCharsets.ISO_8859_1 : marked);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /// What the byte order mark says; without one, what zero bytes among ASCII give away.
  private static @Nullable Charset encoding(byte[] sample) {
    if (starts(sample, 0xef, 0xbb, 0xbf)) {
      return StandardCharsets.UTF_8;
    }
    if (starts(sample, 0xfe, 0xff) || zeroes(sample, 0, 1)) {
      return StandardCharsets.UTF_16BE;
    }
    if (starts(sample, 0xff, 0xfe) || zeroes(sample, 1, 0)) {
      return StandardCharsets.UTF_16LE;
    }
    return null;
  }

  private static boolean zeroes(byte[] sample, int zero, int ascii) {
    return sample.length > 1 && sample[zero] == 0 && sample[ascii] != 0;
  }

  private static boolean starts(byte[] sample, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (sample.length <= i || (sample[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static InputStream withoutMark(InputStream file, byte[] sample) throws IOException {
    file.skipNBytes(markLength(sample));
    return file;
  }

  private static int markLength(byte[] sample) {
    if (starts(sample, 0xef, 0xbb, 0xbf)) {
      return 3;
    }
    return starts(sample, 0xfe, 0xff) || starts(sample, 0xff, 0xfe) ? 2 : 0;
  }

  /// XML allows nothing in front of its declaration; some banks put an empty line there.
  ///
  /// @return how many line ends were skipped
  private static int skipBlank(InputStream document, String text) throws IOException {
    int blank = text.length() - text.stripLeading().length();
    if (text.charAt(blank) == '<' && blank > 0) {
      // Blanks are one byte each here: nobody has yet sent them in front of UTF-16.
      document.skipNBytes(blank);
    }
    return (int) text.substring(0, blank).chars().filter(c -> c == '\n').count();
  }

  private static String unknown(byte[] sample) {
    if (starts(sample, 'P', 'K', 3, 4)) {
      return "This is a zip archive. Unpack it and upload the files in it. " + SUPPORTED;
    }
    if (starts(sample, '%', 'P', 'D', 'F')) {
      return "This is a PDF. Ask the bank for the statement as a file for programs. " + SUPPORTED;
    }
    return "The file is in no format that is known here. " + SUPPORTED;
  }
}
