package io.countersign.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The vectors of `docs/seals.md`: whoever writes a verifier of their own checks it with these.
class CanonicalFormTest {

  private static final UUID ID = UUID.fromString("0199c0de-0000-7000-8000-000000000001");
  private static final UUID ACCOUNT = UUID.fromString("0199c0de-0000-7000-8000-0000000000aa");

  static final SealedEntry ENTRY =
      new SealedEntry(1, ACCOUNT, "bank", 0, 1250, "EUR", LocalDate.of(2026, 11, 2));

  static final SealedTransaction TRANSACTION =
      new SealedTransaction(
          7,
          new SealedTransaction.Head(
              ID,
              "transfer",
              "Order 4711",
              null,
              LocalDate.of(2026, 11, 2),
              Instant.parse("2026-11-02T10:15:30.123456Z"),
              "shop",
              null,
              "payment",
              "pay_1",
              null,
              null,
              "{\"till\":4}"));

  @Test
  void each_type_of_field_is_written_as_the_page_says() {
    byte[] form =
        CanonicalForm.of("k")
            .text("é")
            .text(null)
            .integer(-1)
            .uuid(ID)
            .day(LocalDate.of(1970, 1, 2))
            .instant(Instant.parse("1970-01-01T00:00:00.000001Z"))
            .bytes(new byte[] {9})
            .number(BigInteger.TEN)
            .toBytes();
    assertThat(HexFormat.of().formatHex(form))
        .isEqualTo(
            "01"
                + "01000000016b"
                + "0100000002c3a9"
                + "00"
                + "02ffffffffffffffff"
                + "030199c0de000070008000000000000001"
                + "040000000000000001"
                + "050000000000000001"
                + "060000000109"
                + "01000000023130");
  }

  @Test
  void an_entry_and_its_transaction_have_the_hashes_of_the_page() {
    byte[] entryHash = MerkleTree.leafHash(ENTRY.canonical());
    MerkleTree entries = new MerkleTree();
    entries.add(ENTRY.canonical());
    byte[] hash = MerkleTree.leafHash(TRANSACTION.canonical(entries.root()));
    assertThat(HexFormat.of().formatHex(ENTRY.canonical()))
        .isEqualTo(
            "01"
                + "0100000005656e747279"
                + "020000000000000001"
                + "030199c0de0000700080000000000000aa"
                + "010000000462616e6b"
                + "020000000000000000"
                + "0200000000000004e2"
                + "0100000003455552"
                + "040000000000005117");
    assertThat(HexFormat.of().formatHex(entryHash))
        .isEqualTo("8e4ed17758c6d6dbd3efa0df54025d3cc539f563d35c9e668fa7330304d69b98");
    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("8ccb1badfcbe8181f4bf100d1cad9d3052fb7baa54152426a6887b517529ff54");
  }

  @Test
  void texts_that_would_run_together_stay_apart() {
    assertThat(CanonicalForm.of("k").text("ab").text("c").toBytes())
        .isNotEqualTo(CanonicalForm.of("k").text("a").text("bc").toBytes());
    assertThat(CanonicalForm.of("k").text("").toBytes())
        .isNotEqualTo(CanonicalForm.of("k").text(null).toBytes());
  }

  @Test
  void json_has_one_text_and_loses_no_digit() {
    assertThat(
            JsonText.canonical("{ \"b\" : [1.00, 12345678901234567890.10, true, null],\n\"a\":{}}"))
        .isEqualTo("{\"a\":{},\"b\":[1.00,12345678901234567890.10,true,null]}");
    assertThat(JsonText.canonical("\"\\u0001 \\u00e9 \\/ \\n \\\"\""))
        .isEqualTo("\"\\u0001 é / \\n \\\"\"");
  }

  @Test
  void a_number_of_any_length_is_kept() {
    String number = "1" + "0".repeat(100_000);
    assertThat(JsonText.canonical("{\"n\": " + number + "}")).isEqualTo("{\"n\":" + number + "}");
  }

  @Test
  void only_the_named_key_s_signature_over_the_whole_message_verifies() {
    // RFC 8032, section 7.1, test 2.
    byte[] secret =
        HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    byte[] publicKey =
        HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] signature = Ed25519.sign(secret, new byte[] {0x72});
    assertThat(HexFormat.of().formatHex(signature))
        .isEqualTo(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assertThat(Ed25519.verifies(publicKey, new byte[] {0x72}, signature)).isTrue();
    assertThat(Ed25519.verifies(publicKey, new byte[] {0x73}, signature)).isFalse();
    signature[3] ^= 1;
    assertThat(Ed25519.verifies(publicKey, new byte[] {0x72}, signature)).isFalse();
    assertThat(Ed25519.verifies(new byte[3], new byte[] {0x72}, signature)).isFalse();
  }
}
