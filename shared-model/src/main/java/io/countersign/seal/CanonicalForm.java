package io.countersign.seal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Canonical form 1: one sequence of bytes for one record, and no other record has the same.
///
/// A record is the byte 1 (the version), the name of its kind as a text, and its fields in their
/// fixed order. Every field carries its type and, where it can vary, its length, so that no two
/// lists of fields run together into the same bytes. Numbers are big-endian.
public final class CanonicalForm {

  public static final int VERSION = 1;

  private static final byte ABSENT = 0;
  private static final byte TEXT = 1;
  private static final byte INTEGER = 2;
  private static final byte UUID_VALUE = 3;
  private static final byte DAY = 4;
  private static final byte INSTANT = 5;
  private static final byte BYTES = 6;

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int FIRST_CAPACITY = 512;

  private byte[] buffer = new byte[FIRST_CAPACITY];
  private int length;

  private CanonicalForm() {}

  /// @param kind what sort of record this is; no two sorts share a name
  public static CanonicalForm of(String kind) {
    CanonicalForm form = new CanonicalForm();
    form.put((byte) VERSION);
    return form.text(kind);
  }

  public CanonicalForm text(@Nullable String value) {
    if (value == null) {
      return absent();
    }
    put(TEXT);
    putWithLength(value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /// A number of any size, as the text of its decimal digits.
  public CanonicalForm number(BigInteger value) {
    return text(value.toString());
  }

  public CanonicalForm integer(long value) {
    put(INTEGER);
    putLong(value);
    return this;
  }

  public CanonicalForm uuid(@Nullable UUID value) {
    if (value == null) {
      return absent();
    }
    put(UUID_VALUE);
    putLong(value.getMostSignificantBits());
    putLong(value.getLeastSignificantBits());
    return this;
  }

  /// As days since 1970-01-01.
  public CanonicalForm day(@Nullable LocalDate value) {
    if (value == null) {
      return absent();
    }
    put(DAY);
    putLong(value.toEpochDay());
    return this;
  }

  /// As microseconds since 1970-01-01T00:00:00Z, which is how finely the database keeps it.
  public CanonicalForm instant(@Nullable Instant value) {
    if (value == null) {
      return absent();
    }
    put(INSTANT);
    putLong(
        Math.addExact(
            Math.multiplyExact(value.getEpochSecond(), MICROS_PER_SECOND),
            value.getNano() / NANOS_PER_MICRO));
    return this;
  }

  public CanonicalForm bytes(byte @Nullable [] value) {
    if (value == null) {
      return absent();
    }
    put(BYTES);
    putWithLength(value);
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  private CanonicalForm absent() {
    put(ABSENT);
    return this;
  }

  private void putWithLength(byte[] bytes) {
    room(Integer.BYTES + bytes.length);
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      buffer[length++] = (byte) (bytes.length >>> shift);
    }
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void putLong(long value) {
    room(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      buffer[length++] = (byte) (value >>> shift);
    }
  }

  private void put(byte value) {
    room(1);
    buffer[length++] = value;
  }

  private void room(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
