package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

@ServerTest
class AuditLogHttpTest {

  private final TestApi api;
  private final String account = "audited:" + UUID.randomUUID();

  AuditLogHttpTest(@Value("${local.server.port}") int port) {
    this.api = TestApi.at(port);
  }

  private void openFreezeAndClose() {
    api.as("integrator")
        .postInMain(
            "/accounts",
            "{\"code\": \"%s\", \"name\": \"x\", \"type\": \"ASSET\", \"currency\": \"EUR\"}"
                .formatted(account));
    for (String verb : List.of("freeze", "unfreeze", "close")) {
      Reply done =
          api.as("operator")
              .postInMain("/accounts/" + account + "/" + verb, "{\"reason\": \"told to\"}");
      assertThat(done.status()).as(done.toString()).isEqualTo(200);
    }
  }

  private Reply log(String query) {
    return api.as("auditor").getInMain("/audit-log?" + query);
  }

  private static List<String> actions(Reply page) {
    return page.json().path("items").findValuesAsString("action");
  }

  @Test
  void what_people_do_to_accounts_is_in_it_with_who_from_where_and_why() {
    openFreezeAndClose();

    Reply records = log("object=" + account);

    assertThat(records.status()).as(records.toString()).isEqualTo(200);
    assertThat(actions(records))
        .containsExactly("account.close", "account.unfreeze", "account.freeze", "account.open");
    JsonNode closed = records.json().path("items").path(0);
    assertThat(closed.path("actor").asString()).isEqualTo("operator");
    assertThat(closed.path("actorKind").asString()).isEqualTo("person");
    assertThat(closed.path("address").asString()).isEqualTo("127.0.0.1");
    assertThat(closed.path("object").path("type").asString()).isEqualTo("account");
    assertThat(closed.path("before").path("status").asString()).isEqualTo("open");
    assertThat(closed.path("after").path("status").asString()).isEqualTo("closed");
    assertThat(closed.path("after").path("reason").asString()).isEqualTo("told to");
  }

  @Test
  void a_refusal_is_no_change() {
    Reply refused =
        api.as("operator")
            .postInMain("/accounts/none-" + account + "/freeze", "{\"reason\": \"x\"}");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(actions(log("object=none-" + account))).isEmpty();
  }

  @Test
  void it_is_filtered_by_actor_and_time() {
    openFreezeAndClose();
    assertThat(actions(log("object=" + account + "&actor=integrator")))
        .containsExactly("account.open");
    String closedAt = log("object=" + account).text("items.0.at");
    assertThat(actions(log("object=" + account + "&from=" + closedAt)))
        .containsExactly("account.close");
    assertThat(actions(log("object=" + account + "&to=" + closedAt))).hasSize(4);
    assertThat(actions(log("object=" + account + "&to=2020-01-01"))).isEmpty();
    assertThat(actions(log("object=" + account + "&from=2020-01-01"))).hasSize(4);
    assertThat(log("from=yesterday").problem()).isEqualTo("invalid-request");
  }

  @Test
  void it_is_paged_by_keyset_and_shows_what_belongs_to_no_ledger() {
    openFreezeAndClose();
    api.makeUser("audited-" + UUID.randomUUID(), "AUDITOR");
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      Reply page = log("limit=3&after=" + next);
      assertThat(page.json().path("items").size()).isBetween(1, 3);
      page.json().path("items").forEach(it -> seen.add(it.path("id").asString()));
      next = page.json().path("next").isNull() ? "" : page.text("next");
    } while (!next.isEmpty() && seen.size() < 30);
    assertThat(seen).hasSizeGreaterThan(5);
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(actions(log("limit=20"))).contains("bootstrap.user.create", "account.close");
  }

  @Test
  void only_auditors_and_administrators_read_it() {
    assertThat(api.as("admin").getInMain("/audit-log").status()).isEqualTo(200);
    for (String role : List.of("operator", "approver", "integrator")) {
      assertThat(api.as(role).getInMain("/audit-log").problem()).isEqualTo("forbidden");
    }
  }
}
