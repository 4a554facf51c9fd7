package io.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.client.StandIn.Reply;
import io.countersign.client.StandIn.Seen;
import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.identity.SessionRequest;
import io.countersign.model.journal.ReversalRequest;
import io.countersign.model.journal.TransferRequest;
import io.countersign.model.seals.Broken;
import io.countersign.model.seals.Verification;
import io.countersign.model.seals.VerificationState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerClientTest {

  private static final Intent INTENT = new Intent("intent-1");
  private static final Retries QUICK =
      new Retries(4, Duration.ofMillis(1), Duration.ofMillis(1200));
  private static final TransferRequest TRANSFER =
      new TransferRequest("a", "b", Money.of(1, "EUR"), "one cent", null, null, null);
  private static final String RECORDED =
      """
      {"id": "txn_0199c0de-0000-7000-8000-000000000001", "sequence": 1, "kind": "transfer",
       "description": "one cent", "effectiveOn": "2026-11-02",
       "recordedAt": "2026-11-02T10:00:00Z", "recordedBy": "shop", "entries": [],
       "somethingNewer": true}
      """;

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void a_post_is_repeated_under_its_own_key_until_it_is_answered(int status) throws IOException {
    try (StandIn server =
            new StandIn(
                Reply.problem(status, "busy"),
                Reply.problem(409, "idempotency-key-in-use"),
                Reply.dropped(),
                Reply.of(201, RECORDED));
        LedgerClient client = client(server)) {
      assertThat(client.books("main").journal().transfer(TRANSFER, INTENT).sequence()).isEqualTo(1);

      assertThat(server.seen).hasSize(4).extracting(Seen::key).containsOnly("intent-1");
      assertThat(server.seen).extracting(Seen::body).containsOnly(server.seen.getFirst().body());
    }
  }

  @Test
  void what_was_decided_is_never_repeated() throws IOException {
    try (StandIn server = new StandIn(Reply.problem(422, "insufficient-funds"));
        LedgerClient client = client(server)) {
      ProblemAnswer refused =
          catchThrowableOfType(
              ProblemAnswer.class, () -> client.books("main").journal().transfer(TRANSFER, INTENT));

      assertThat(refused.slug()).isEqualTo("insufficient-funds");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.problem().members()).containsEntry("available", 3);
      assertThat(server.seen).hasSize(1);
    }
  }

  @Test
  void an_auditor_reads_what_broke() throws IOException {
    String latest =
        """
        {"state": "broken", "throughSequence": 4, "finishedAt": "2026-11-02T10:00:00Z",
         "firstBroken": {"type": "transaction", "id": "txn_1", "sequence": 5, "seal": 2,
           "difference": "changed", "detail": "…"},
         "progress": 100, "requestedBy": "iris", "startedAt": "2026-11-02T09:59:00Z"}
        """;
    try (StandIn server = new StandIn(Reply.of(202, latest));
        LedgerClient client = client(server)) {
      Verification verification = client.books("main").audit().verify(INTENT);
      assertThat(verification.state()).isEqualTo(VerificationState.BROKEN);
      assertThat(verification.firstBroken())
          .isEqualTo(new Broken("transaction", "txn_1", 5L, 2, "changed", "…"));
      assertThat(server.seen.getFirst().key()).isEqualTo("intent-1");
    }
  }

  @Test
  void other_conflicts_are_not_repeated() throws IOException {
    try (StandIn server = new StandIn(Reply.problem(409, "wrong-state"));
        LedgerClient client = client(server)) {
      assertThatThrownBy(() -> client.books("main").journal().transfer(TRANSFER, INTENT))
          .isInstanceOf(ProblemAnswer.class);
      assertThat(server.seen).hasSize(1);
    }
  }

  @Test
  void it_waits_as_long_as_the_server_asks() throws IOException {
    try (StandIn server =
            new StandIn(Reply.problem(429, "rate-limited").after("1"), Reply.of(201, RECORDED));
        LedgerClient client = client(server)) {
      long before = System.nanoTime();

      client.books("main").journal().transfer(TRANSFER, INTENT);

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(990));
    }
  }

  @Test
  void it_gives_up_when_asked_to_wait_longer_than_it_may() throws IOException {
    try (StandIn server = new StandIn(Reply.problem(429, "rate-limited").after("3600"));
        LedgerClient client = client(server)) {
      assertThatThrownBy(() -> client.books("main").journal().transfer(TRANSFER, INTENT))
          .isInstanceOf(ProblemAnswer.class);
      assertThat(server.seen).hasSize(1);
    }
  }

  @Test
  void silence_after_all_attempts_is_told_apart_from_a_refusal() throws IOException {
    try (StandIn server = new StandIn(Reply.dropped());
        LedgerClient client = client(server)) {
      assertThatThrownBy(() -> client.books("main").journal().transfer(TRANSFER, INTENT))
          .isInstanceOf(NoAnswer.class);
      assertThat(server.seen).hasSize(4).extracting(Seen::key).containsOnly("intent-1");
    }
  }

  @Test
  void signing_in_is_sent_once_and_its_token_goes_along_afterwards() throws IOException {
    try (StandIn server =
            new StandIn(
                Reply.of(
                    201,
                    """
                    {"token": "t0ken", "expiresAt": "2026-11-02T10:00:00Z", "user":
                      {"username": "dana", "displayName": "Dana", "grants": [], "limits": []}}
                    """),
                Reply.of(
                    200,
                    "{\"username\": \"dana\", \"displayName\": \"Dana\", \"grants\":"
                        + " [{\"ledger\": \"main\", \"roles\": [\"OPERATOR\"]}], \"limits\": []}"));
        LedgerClient client = client(server)) {
      client.signIn(new SessionRequest("dana", "secret", null));

      assertThat(client.me().grants()).hasSize(1);
      assertThat(server.seen)
          .extracting(Seen::authorization)
          .containsExactly("null", "Bearer t0ken");
    }
  }

  @Test
  void a_failed_sign_in_is_not_repeated() throws IOException {
    try (StandIn server = new StandIn(Reply.problem(503, "unavailable"));
        LedgerClient client = client(server)) {
      assertThatThrownBy(() -> client.signIn(new SessionRequest("dana", "secret", null)))
          .isInstanceOf(ProblemAnswer.class);
      assertThat(server.seen).hasSize(1);
    }
  }

  @Test
  void a_reversal_that_needs_a_second_person_says_so() throws IOException {
    String approval = "apr_0199c0de-0000-7000-8000-000000000002";
    try (StandIn server = new StandIn(Reply.of(202, "{\"approvalId\": \"" + approval + "\"}"));
        LedgerClient client = client(server)) {
      Effect<?> effect =
          client
              .books("main")
              .journal()
              .reverse(
                  io.countersign.model.id.TransactionId.parse(
                      "txn_0199c0de-0000-7000-8000-000000000001"),
                  new ReversalRequest("typing error", null),
                  INTENT);

      assertThat(effect)
          .isInstanceOfSatisfying(
              Effect.AwaitsApproval.class,
              awaits -> assertThat(awaits.approvalId()).hasToString(approval));
    }
  }

  @Test
  void filters_and_names_are_encoded() throws IOException {
    try (StandIn server = new StandIn(Reply.of(200, "{\"items\": [], \"next\": null}"));
        LedgerClient client = client(server)) {
      client
          .books("main")
          .journal()
          .list(Query.ALL.with("text", "a&b c").with("kind", null).page(50, "x=="));

      assertThat(server.seen.getFirst().uri())
          .isEqualTo("/v1/ledgers/main/transactions?text=a%26b%20c&limit=50&after=x%3D%3D");
    }
  }

  @Test
  void a_payment_is_checked_with_an_empty_object() throws IOException {
    PaymentId id = new PaymentId(UUID.fromString("0199c0de-0000-7000-8000-000000000003"));
    try (StandIn server = new StandIn(Reply.of(202, ""));
        LedgerClient client = client(server)) {
      client.books("main").payments().check(id, INTENT);

      assertThat(server.seen.getFirst().body()).isEqualTo("{}");
    }
  }

  @Test
  void an_answer_that_is_no_problem_document_is_described_by_its_status() throws IOException {
    try (StandIn server = new StandIn(Reply.of(502, "<html>Bad gateway</html>"));
        LedgerClient client = client(server)) {
      ProblemAnswer refused =
          catchThrowableOfType(ProblemAnswer.class, () -> client.books("main").accounts().get("a"));

      assertThat(refused.status()).isEqualTo(502);
    }
  }

  private static LedgerClient client(StandIn server) {
    return new LedgerClient(server.address(), QUICK, InstantSource.system());
  }
}
