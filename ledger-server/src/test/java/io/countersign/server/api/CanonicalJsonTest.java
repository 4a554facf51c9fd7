package io.countersign.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  @Test
  void key_order_and_white_space_do_not_matter() {
    String one = "{\"b\": [1, {\"d\": null, \"c\": true}],\n \"a\": \"x\"}";
    String other = "{\"a\":\"x\",\"b\":[1,{\"c\":true,\"d\":null}]}";

    assertThat(CanonicalJson.of(one)).isEqualTo(other).isEqualTo(CanonicalJson.of(other));
  }

  @Test
  void the_order_of_a_list_matters() {
    assertThat(CanonicalJson.of("[1,2]")).isNotEqualTo(CanonicalJson.of("[2,1]"));
  }

  @Test
  void numbers_stay_as_they_were_written() {
    String written = "[1.0,1,1e2,123456789012345678901234567890]";

    assertThat(CanonicalJson.of(written)).isEqualTo(written);
  }

  @Test
  void texts_that_mean_the_same_are_written_the_same() {
    assertThat(CanonicalJson.of("\"\\u0041\\/\"")).isEqualTo(CanonicalJson.of("\"A/\""));
  }

  @Test
  void nul_and_halves_of_surrogate_pairs_are_refused_in_keys_and_values() {
    refused("\"a\\u0000b\"");
    refused("{\"a\\u0000\":1}");
    refused("\"\\ud800\"");
    refused("\"\\udc00x\"");
    assertThat(CanonicalJson.of("\"\\ud83d\\ude00\"")).isEqualTo("\"😀\"");
  }

  @Test
  void a_key_twice_a_depth_of_33_and_anything_after_the_value_are_refused() {
    refused("{\"a\":1,\"a\":2}");
    refused("[".repeat(33) + "]".repeat(33));
    refused("{} {}");
    refused("{}x");
    refused("");
    assertThat(CanonicalJson.of("[".repeat(32) + "]".repeat(32))).hasSize(64);
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused() {
    assertThatThrownBy(() -> CanonicalJson.of(new byte[] {'"', (byte) 0xff, '"'}))
        .hasMessageContaining("invalid-request");
    assertThatThrownBy(() -> CanonicalJson.of("{}".getBytes(StandardCharsets.UTF_16)))
        .hasMessageContaining("invalid-request");
  }

  private static void refused(String json) {
    assertThatThrownBy(() -> CanonicalJson.of(json))
        .as(json)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("invalid-request");
  }
}
