package io.countersign.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @Test
  void what_was_written_is_read() {
    assertThat(Cursor.read(Cursor.of("wallet:ä", 7), 2)).isEqualTo(List.of("wallet:ä", "7"));
    assertThat(Cursor.number(Cursor.of(42L))).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zzz", "AAAA", "!!", "", "AAAAAAAA", "_____w"})
  void what_is_no_cursor_is_refused(String text) {
    refused(text, 1);
  }

  @Test
  void a_cut_one_a_made_up_one_and_one_of_another_list_are_refused() {
    String cursor = Cursor.of("wallet:1");
    refused(cursor.substring(0, cursor.length() - 2), 1);
    refused(cursor, 2);
    refused(Base64.getUrlEncoder().encodeToString("wallet:1".getBytes(StandardCharsets.UTF_8)), 1);
  }

  private static void refused(String text, int parts) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Cursor.read(text, parts))
        .satisfies(e -> assertThat(e.problem().slug()).isEqualTo("invalid-request"));
  }
}
