package io.countersign.server.reconciliation.statement;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// In which encoding an XML document is (XML 1.0, appendix F): what its first bytes show, else what
/// its declaration says, else UTF-8.
///
/// Decoded here and not by the XML parser, which prints bad bytes to the console and loses the
/// place.
final class XmlEncoding {

  private static final Pattern DECLARATION =
      Pattern.compile("<\\?xml\\s[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']");

  private XmlEncoding() {}

  static Charset of(String start, @Nullable Charset shown) {
    if (shown != null) {
      return shown;
    }
    Matcher declared = DECLARATION.matcher(start.stripLeading());
    // The declaration was read byte by byte, so it cannot be in an encoding of wider units.
    if (!declared.lookingAt() || declared.group(1).regionMatches(true, 0, "UTF-16", 0, 6)) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(declared.group(1));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw Place.START.unreadable(
          "The file says it is encoded as '" + declared.group(1) + "', which is not known here.");
    }
  }

  /// Fails on bytes that are none of the encoding, instead of replacing them.
  static Reader strictly(InputStream document, Charset encoding) {
    return new InputStreamReader(
        document,
        encoding
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }
}
