package io.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ServerTest
class ExportHttpTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Value("${local.server.port}")
  private int port;

  @Autowired private JdbcClient jdbc;

  private final String own = "x" + UUID.randomUUID().toString().substring(0, 8);

  private TestApi.Calls auditor() {
    return TestApi.at(port).as("auditor");
  }

  @Test
  void an_auditor_gets_a_file_whole_or_in_parts_with_its_manifest() throws Exception {
    post();
    Reply asked = auditor().postInMain("/exports", body("journal", "jsonl", own + ":wallet"));
    assertThat(asked.status()).as(asked.body()).isEqualTo(202);
    String id = asked.text("id");
    assertThat(id).startsWith("exp_");
    JsonNode done = await(id);
    assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("finished");
    JsonNode manifest = done.get("manifest");
    assertThat(manifest.get("rows").asInt()).isEqualTo(1);
    assertThat(manifest.get("creditTotals").get(0).get("minorUnits").asInt()).isEqualTo(5);
    assertThat(manifest.get("filter").get("account").asString()).isEqualTo(own + ":wallet");
    assertThat(manifest.get("seal").get("throughSequence").asLong())
        .isEqualTo(manifest.get("throughSequence").asLong());
    assertThat(manifest.get("signature").asString()).matches("[0-9a-f]{128}");

    Reply file = auditor().getInMain("/exports/" + id + "/file");
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Content-Type")).isEqualTo("application/jsonl");
    assertThat(file.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(sha256(file.body())).isEqualTo(manifest.get("sha256").asString());
    Reply part = auditor().with("Range", "bytes=2-9").getInMain("/exports/" + id + "/file");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(file.body().substring(2, 10));
    assertThat(part.header("Content-Range")).startsWith("bytes 2-9/");
    Reply beyond = auditor().with("Range", "bytes=99999-").getInMain("/exports/" + id + "/file");
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(auditor().getInMain("/exports/" + id + "/proof").body()).contains("\"totals\"");
    assertThat(audited(id)).containsExactly("export.start", "export.read", "export.read-proof");
    assertThat(TestApi.at(port).as("operator").getInMain("/exports/" + id).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payments | jsonl | 422 | export-not-offered
          journal  | pdf   | 422 | export-not-offered
          gossip   | jsonl | 400 | invalid-request
          journal  | doc   | 400 | invalid-request
          """)
  void what_is_not_offered_is_refused_in_words(
      String kind, String format, int status, String slug) {
    Reply reply = auditor().postInMain("/exports", body(kind, format, null));
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.problem()).isEqualTo(slug);
  }

  @Test
  void what_cannot_be_meant_is_refused() {
    assertThat(
            auditor()
                .postInMain(
                    "/exports",
                    """
                    {"kind": "journal", "format": "jsonl", "from": "2026-02-01", "to": "2026-01-01"}
                    """)
                .problem())
        .isEqualTo("invalid-request");
    assertThat(auditor().postInMain("/exports", body("journal", "jsonl", own)).problem())
        .isEqualTo("account-not-found");
    Reply beyond =
        auditor()
            .postInMain(
                "/exports",
                """
                {"kind": "journal", "format": "jsonl", "from": "2026-01-01", "to": "2026-02-01",
                 "throughSequence": 9223372036854775807}
                """);
    assertThat(beyond.status()).isEqualTo(422);
    assertThat(beyond.problem()).isEqualTo("invalid-time");
    assertThat(auditor().getInMain("/exports/nonsense").status()).isEqualTo(404);
    assertThat(
            auditor().getInMain("/exports/exp_0199c0de-0000-7000-8000-000000000001/file").status())
        .isEqualTo(404);
  }

  private List<String> audited(String id) {
    return jdbc.sql("SELECT action FROM audit.record WHERE object_id = :id ORDER BY id")
        .param("id", id)
        .query(String.class)
        .list();
  }

  private JsonNode await(String id) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode export;
    do {
      Thread.sleep(100);
      export = auditor().getInMain("/exports/" + id).json();
    } while (export.get("state").asString().equals("running") && System.nanoTime() < end);
    return export;
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String body(
      String kind, String format, @org.jspecify.annotations.Nullable String account) {
    return """
    {"kind": "%s", "format": "%s", "from": "2000-01-01", "to": "2099-12-31"%s}
    """
        .formatted(kind, format, account == null ? "" : ", \"account\": \"" + account + "\"");
  }

  private void post() {
    TestApi.Calls integrator = TestApi.at(port).as("integrator");
    for (String code : new String[] {"bank", "wallet"}) {
      String type = code.equals("bank") ? "ASSET" : "LIABILITY";
      Reply made =
          integrator.postInMain(
              "/accounts",
              """
              {"code": "%s:%s", "name": "x", "type": "%s", "currency": "EUR"}
              """
                  .formatted(own, code, type));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
    }
    Reply posted =
        integrator.postInMain(
            "/transfers",
            """
            {"from": "%s:bank", "to": "%s:wallet", "description": "Top-up",
             "amount": {"minorUnits": 5, "currency": "EUR"}}
            """
                .formatted(own, own));
    assertThat(posted.status()).as(posted.body()).isEqualTo(201);
  }
}
