package io.countersign.server.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementFuzzTest {

  private static final String CAMT = "camt053-v2-multi-statement.xml";
  private static final String ISO = "camt053-v4-iso-business-sample.xml";
  private static final String RABOBANK = "mt940-rabobank-iban.txt";
  private static final String ABN_AMRO = "mt940-abnamro.txt";
  private static final String FEBRUARY = "mt940-february-30.sta";
  private static final String BAI2 = "bai2-td-sample1.txt";
  private static final String BALANCE = "stripe-balance_transaction_data.csv";
  private static final String PAYOUTS = "stripe-payout_data.csv";

  /// Null when the file was read, however it adds up.
  private static @Nullable UnreadableStatement refusal(byte[] file) {
    try {
      Collected.of(file);
      return null;
    } catch (UnreadableStatement refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return refused;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CAMT, ISO, RABOBANK, ABN_AMRO, FEBRUARY, BAI2, BALANCE, PAYOUTS})
  void a_file_cut_anywhere_is_refused_or_right(String name) {
    byte[] whole = Collected.sample(name);
    int refused = 0;
    for (int length = 0; length < whole.length; length += 37) {
      refused += refusal(Arrays.copyOf(whole, length)) == null ? 0 : 1;
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {CAMT, ISO})
  void xml_cut_anywhere_is_never_taken_for_whole(String name) {
    byte[] whole =
        new String(Collected.sample(name), StandardCharsets.UTF_8)
            .strip()
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length += 37) {
      assertThat(refusal(Arrays.copyOf(whole, length))).as("cut at %d", length).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CAMT, ISO, RABOBANK, ABN_AMRO, FEBRUARY, BAI2, BALANCE, PAYOUTS})
  void flipped_bytes_are_refused_or_read(String name) {
    byte[] whole = Collected.sample(name);
    Random random = new Random(20240101);
    for (int round = 0; round < 400; round++) {
      byte[] broken = whole.clone();
      for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(() -> refusal(broken)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RABOBANK, ABN_AMRO, FEBRUARY, BAI2, BALANCE, PAYOUTS})
  void text_reads_the_same_in_every_encoding(String name) {
    String text = new String(Collected.sample(name), StandardCharsets.US_ASCII);
    var plain = Collected.of(text);
    assertThat(Collected.of("\ufeff" + text)).isEqualTo(plain);
    assertThat(Collected.of(text.getBytes(StandardCharsets.UTF_16))).isEqualTo(plain);
    assertThat(Collected.of(text.getBytes(StandardCharsets.UTF_16LE))).isEqualTo(plain);
    assertThat(Collected.of(text.replace("\r\n", "\n"))).isEqualTo(plain);
    assertThat(Collected.of(text.replace("\r\n", "\r"))).isEqualTo(plain);
  }

  @Test
  void umlauts_are_read_in_utf_8_and_in_latin_1() {
    String text =
        ":20:A\n:25:1\n:60F:C240101EUR1,\n:61:240101C0,NMSCA\n:86:Grüße\n:62F:C240101EUR1,\n";
    assertThat(Collected.of(text).getFirst().line(1).text()).isEqualTo("Grüße");
    assertThat(Collected.of(text.getBytes(StandardCharsets.ISO_8859_1)).getFirst().line(1).text())
        .isEqualTo("Grüße");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999999999999999999",
        "9223372036854775808",
        "1E999999999",
        "NaN",
        "0x10",
        "1.2.3",
        "1,5",
        "",
        "--5",
        "\u0661"
      })
  void absurd_numbers_are_refused(String amount) {
    String camt = new String(Collected.sample(ISO), StandardCharsets.UTF_8);
    byte[] file = camt.replace(">105678.50<", ">" + amount + "<").getBytes(StandardCharsets.UTF_8);
    assertThat(refusal(file)).isNotNull();
  }

  @Test
  void sums_beyond_64_bits_are_named_and_overflow_nothing() {
    String huge = "92233720368547758,07";
    String text =
        ":20:A\n:25:1\n:60F:C240101EUR%s\n:61:240101C%s\n:62F:C240101EUR1,\n".formatted(huge, huge);
    assertThat(Collected.only(text).problemCodes())
        .containsExactly(StatementProblem.DOES_NOT_ADD_UP);
  }

  @Test
  void a_line_of_a_million_characters_is_refused_with_its_place() {
    String text =
        ":20:A\n:25:1\n:60F:C240101EUR1,\n:61:240101C1,NMSCA\n:86:" + "x".repeat(1_000_000);
    assertThat(refusal(text.getBytes(StandardCharsets.UTF_8)))
        .isNotNull()
        .satisfies(refused -> assertThat(refused.line()).isEqualTo(5));
  }

  @Test
  void a_text_of_a_million_characters_in_xml_is_cut() {
    String camt = new String(Collected.sample(ISO), StandardCharsets.UTF_8);
    String text =
        camt.replace("MUELL/FINP/RA12345", "y".repeat(1_000_000))
            .replace(">MUELLER<", ">" + "z".repeat(1_000_000) + "<");
    var line = Collected.only(text).line(1);
    assertThat(line.text().length()).isLessThan(5_000);
    assertThat(line.references()).containsExactly("AAAASESS-FP-CN_98765/01");
  }

  @Test
  void predefined_entities_have_no_limit() {
    String camt = new String(Collected.sample(ISO), StandardCharsets.UTF_8);
    String text = camt.replace(">MUELLER<", ">" + "&amp;&#65;".repeat(300_000) + "<");
    assertThat(refusal(text.getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @Test
  void elements_nested_a_hundred_thousand_deep_break_nothing() {
    String camt = new String(Collected.sample(ISO), StandardCharsets.UTF_8);
    String deep = "<x>".repeat(100_000) + "</x>".repeat(100_000);
    String text = camt.replace("<Ownr>", deep + "<Ownr>");
    assertThatCode(() -> refusal(text.getBytes(StandardCharsets.UTF_8))).doesNotThrowAnyException();
    String parties =
        camt.replace("<Dbtr>", "<Dbtr>" + "<Pty>".repeat(100_000) + "</Pty>".repeat(100_000));
    assertThatCode(() -> refusal(parties.getBytes(StandardCharsets.UTF_8)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \r\n ",
        "hello",
        "{\"a\": 1}",
        "PK\u0003\u0004zip",
        "%PDF-1.7",
        "<",
        "a,b,c\n1,2,3\n"
      })
  void other_files_are_refused_and_told_what_is_supported(String text) {
    assertThat(refusal(text.getBytes(StandardCharsets.ISO_8859_1))).isNotNull();
  }

  @Test
  void a_broken_gzip_is_refused() throws IOException {
    var packed = new java.io.ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(Collected.sample(RABOBANK));
    }
    byte[] whole = packed.toByteArray();
    for (int length = 2; length < whole.length; length += 37) {
      assertThat(refusal(Arrays.copyOf(whole, length))).as("cut at %d", length).isNotNull();
    }
    whole[whole.length / 2] ^= 0x55;
    assertThat(refusal(whole)).isNotNull();
  }

  @Test
  void a_file_of_three_hundred_thousand_entries_is_read_without_being_held() throws IOException {
    String camt = new String(Collected.sample(ISO), StandardCharsets.UTF_8);
    int from = camt.indexOf("<Ntry>");
    String entry = camt.substring(from, camt.indexOf("<Ntry>", from + 1));
    byte[] block = entry.repeat(1000).getBytes(StandardCharsets.UTF_8);
    List<InputStream> parts = new ArrayList<>();
    parts.add(
        new java.io.ByteArrayInputStream(camt.substring(0, from).getBytes(StandardCharsets.UTF_8)));
    for (int i = 0; i < 300; i++) {
      parts.add(new java.io.ByteArrayInputStream(block));
    }
    parts.add(
        new java.io.ByteArrayInputStream(camt.substring(from).getBytes(StandardCharsets.UTF_8)));
    var counted = new long[2];
    StatementReader.read(
        new SequenceInputStream(Collections.enumeration(parts)),
        () ->
            new StatementSink.Open() {
              @Override
              public void line(ParsedLine line) {
                counted[0]++;
              }

              @Override
              public void end(ParsedStatement statement) {
                counted[1]++;
              }
            });
    assertThat(counted).containsExactly(300_003, 1);
  }

  @Test
  void a_failing_stream_is_a_failure_and_no_bad_statement() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("the connection is gone");
          }

          @Override
          public int read() throws IOException {
            throw new IOException("the connection is gone");
          }
        };
    assertThatThrownBy(() -> StatementReader.read(failing, new Collected()))
        .isInstanceOf(IOException.class);
  }
}
