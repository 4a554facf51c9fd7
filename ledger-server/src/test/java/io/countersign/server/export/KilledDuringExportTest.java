package io.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.seal.ExportCheck;
import io.countersign.seal.Verdict;
import io.countersign.server.testing.ServerProcess;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that is killed in the middle of an export: nobody is served a part of it, and the next
/// server finishes it.
class KilledDuringExportTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Map<String, String> ENVIRONMENT =
      Map.of("COUNTERSIGN_ADMIN_PASSWORD", TestApi.ADMIN_PASSWORD);
  private static final int BATCHES = 6;
  private static final int BATCH = 5_000;

  @TempDir Path home;

  @Test
  void an_export_that_a_kill_cuts_off_is_finished_by_the_next_server() throws Exception {
    String id;
    try (ServerProcess first = ServerProcess.start(home, ENVIRONMENT).awaitUp()) {
      TestApi api = TestApi.at(first.port());
      fill(api.as("integrator"));
      Reply asked =
          api.as("auditor")
              .postInMain(
                  "/exports",
                  """
                  {"kind": "journal", "format": "jsonl", "from": "2000-01-01", "to": "2099-12-31"}
                  """);
      assertThat(asked.status()).as(asked.body()).isEqualTo(202);
      id = asked.text("id");
      awaitDraft();
      assertThat(api.as("auditor").getInMain("/exports/" + id + "/file").status()).isEqualTo(409);
      first.kill();
    }
    assertThat(home.resolve("exports").resolve(id + ".jsonl")).doesNotExist();
    try (ServerProcess next = ServerProcess.start(home, ENVIRONMENT).awaitUp()) {
      TestApi api = TestApi.at(next.port());
      JsonNode done = awaitEnd(api, id);
      assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("finished");
      assertThat(done.get("manifest").get("rows").asInt()).isEqualTo(2 * BATCHES * BATCH);
      JsonNode manifest = done.get("manifest");
      Verdict verdict =
          new ExportCheck(HexFormat.of().parseHex(manifest.get("publicKey").asString()), null)
              .check(
                  JsonMapper.shared()
                      .treeToValue(manifest, io.countersign.model.exports.Manifest.class),
                  home.resolve("exports").resolve(id + ".jsonl"),
                  home.resolve("exports").resolve(id + ".proof.jsonl"));
      assertThat(verdict.holds()).as(verdict.toString()).isTrue();
    }
  }

  private void awaitDraft() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (Files.isDirectory(home.resolve("exports"))) {
        try (var files = Files.newDirectoryStream(home.resolve("exports"), "*.part")) {
          for (Path draft : files) {
            if (Files.size(draft) > 0) {
              return;
            }
          }
        }
      }
      Thread.sleep(2);
    }
    throw new AssertionError("no export is being written");
  }

  private static JsonNode awaitEnd(TestApi api, String id) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode export;
    do {
      Thread.sleep(200);
      export = api.as("auditor").getInMain("/exports/" + id).json();
    } while (export.get("state").asString().equals("running") && System.nanoTime() < end);
    return export;
  }

  private static void fill(TestApi.Calls integrator) {
    for (String account : new String[] {"bank ASSET", "wallet LIABILITY"}) {
      String[] parts = account.split(" ", 2);
      Reply made =
          integrator.postInMain(
              "/accounts",
              """
              {"code": "%s", "name": "x", "type": "%s", "currency": "EUR"}
              """
                  .formatted(parts[0], parts[1]));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
    }
    for (int batch = 0; batch < BATCHES; batch++) {
      StringBuilder body = new StringBuilder("{\"transactions\": [");
      for (int i = 0; i < BATCH; i++) {
        body.append(i == 0 ? "" : ",")
            .append(
                """
                {"idempotencyKey": "k%d-%d", "description": "Top-up", "entries": [
                  {"account": "bank", "direction": "DEBIT",
                   "amount": {"minorUnits": %d, "currency": "EUR"}},
                  {"account": "wallet", "direction": "CREDIT",
                   "amount": {"minorUnits": %d, "currency": "EUR"}}]}
                """
                    .formatted(batch, i, i + 1, i + 1));
      }
      Reply reply = integrator.postInMain("/transactions/batch", body.append("]}").toString());
      assertThat(reply.status()).as(reply.body().substring(0, 200)).isEqualTo(200);
    }
  }
}
