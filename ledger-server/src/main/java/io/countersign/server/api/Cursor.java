package io.countersign.server.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/// An opaque place in a list: the sort key of the last item seen, with a checksum, so that what was
/// cut or made up is refused instead of being taken for another place.
public final class Cursor {

  private static final char SEPARATOR = '\u001f';
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private Cursor() {}

  public static String of(Object... sortKey) {
    StringBuilder joined = new StringBuilder();
    for (Object part : sortKey) {
      if (!joined.isEmpty()) {
        joined.append(SEPARATOR);
      }
      joined.append(part);
    }
    byte[] key = joined.toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole =
        ByteBuffer.allocate(CHECKSUM_BYTES + key.length).putInt(checksum(key)).put(key).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /// @throws ProblemException `invalid-request` when this is no cursor with so many parts
  public static List<String> read(String after, int parts) {
    try {
      byte[] whole = Base64.getUrlDecoder().decode(after);
      if (whole.length >= CHECKSUM_BYTES) {
        byte[] key = Arrays.copyOfRange(whole, CHECKSUM_BYTES, whole.length);
        List<String> sortKey = List.of(text(key).split(String.valueOf(SEPARATOR), -1));
        if (checksum(key) == ByteBuffer.wrap(whole).getInt() && sortKey.size() == parts) {
          return sortKey;
        }
      }
    } catch (IllegalArgumentException | CharacterCodingException noCursor) {
      // Falls through to the one refusal below.
    }
    throw refused();
  }

  /// @throws ProblemException `invalid-request` when the cursor does not start with a number
  public static long number(String after) {
    try {
      return Long.parseLong(read(after, 1).getFirst());
    } catch (NumberFormatException e) {
      throw refused();
    }
  }

  private static RuntimeException refused() {
    return Problems.invalidRequest("after", "is not a cursor of this list; send 'next' as it came")
        .asException();
  }

  private static String text(byte[] utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(utf8))
        .toString();
  }

  private static int checksum(byte[] key) {
    CRC32 crc = new CRC32();
    crc.update(key);
    return (int) crc.getValue();
  }
}
