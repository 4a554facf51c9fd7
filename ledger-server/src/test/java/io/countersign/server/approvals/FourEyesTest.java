package io.countersign.server.approvals;

import static io.countersign.server.approvals.ApprovalsFixture.EXPIRE_AFTER;
import static io.countersign.server.approvals.ApprovalsFixture.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.CanonicalJson;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.Problems;
import io.countersign.server.approvals.ProposalKind.ProposalEnd;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class FourEyesTest {

  private final ApprovalsFixture fixture = new ApprovalsFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void another_person_approves_and_the_effect_happens_once() {
    ApprovalId id = fixture.propose("exc_1", 500);

    assertThat(fixture.approve(fixture.aaron, id)).isEqualTo("approved");
    assertThat(fixture.approve(fixture.aaron, id)).isEqualTo("wrong-state");
    assertThat(fixture.dismissals.executed).containsExactly("exc_1");
  }

  @Test
  void nobody_approves_their_own() {
    ApprovalId id = fixture.propose("exc_1", 500);

    assertThat(fixture.approve(fixture.olga, id)).isEqualTo("self-approval");
    assertThat(fixture.approve(fixture.olga, id, "another hash")).isEqualTo("self-approval");
    assertThat(fixture.state(id)).isEqualTo("pending");
  }

  @Test
  void the_database_itself_refuses_a_decision_by_the_proposer() {
    ApprovalId id = fixture.propose("exc_1", 500);

    for (String role : List.of("app", "owner")) {
      var jdbc = role.equals("app") ? fixture.database.jdbc() : fixture.database.jdbcAsOwner();
      assertThatThrownBy(
              () ->
                  jdbc.sql(
                          """
                          UPDATE approvals.approval SET state = 'approved', decider_id = proposer_id,
                              decider = 'somebody', decided_at = proposed_at, result_type = 'x',
                              result_id = 'y'
                          WHERE id = :id
                          """)
                      .param("id", id.uuid())
                      .update())
          .as(role)
          .isInstanceOf(DataIntegrityViolationException.class)
          .hasMessageContaining("decided_by_another");
    }
    assertThat(fixture.state(id)).isEqualTo("pending");
  }

  @Test
  void the_database_itself_keeps_what_was_proposed_and_decided() {
    ApprovalId id = fixture.propose("exc_1", 500);
    fixture.approve(fixture.aaron, id);

    assertThatThrownBy(
            () ->
                fixture
                    .database
                    .jdbc()
                    .sql("UPDATE approvals.approval SET content = '{}'")
                    .update())
        .rootCause()
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () ->
                fixture
                    .database
                    .jdbcAsOwner()
                    .sql("UPDATE approvals.approval SET comment = 'changed'")
                    .update())
        .hasMessageContaining("stays so");
    assertThatThrownBy(
            () -> fixture.database.jdbcAsOwner().sql("DELETE FROM approvals.approval").update())
        .hasMessageContaining("stays so");
  }

  @Test
  void of_two_approvers_at_once_one_decides() throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 1; round <= 100; round++) {
        ApprovalId id = fixture.propose("exc_" + round, 0);
        String hash = fixture.hash(id);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<String>> outcomes = new ArrayList<>();
        for (var approver : List.of(fixture.aaron, fixture.beth)) {
          outcomes.add(
              threads.submit(
                  () -> {
                    start.await();
                    return fixture.approve(approver, id, hash);
                  }));
        }
        start.countDown();
        assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get()))
            .containsExactlyInAnyOrder("approved", "wrong-state");
      }
    }
    assertThat(fixture.dismissals.executed).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void it_expires_at_the_instant() {
    ApprovalId inTime = fixture.propose("exc_1", 500);
    ApprovalId late = fixture.propose("exc_2", 500);

    fixture.clock.advance(EXPIRE_AFTER.minus(Duration.ofNanos(1000)));
    assertThat(fixture.approve(fixture.aaron, inTime)).isEqualTo("approved");
    fixture.clock.advance(Duration.ofNanos(1000));

    assertThat(fixture.state(late)).isEqualTo("expired");
    assertThat(fixture.approve(fixture.aaron, late)).isEqualTo("approval-expired");
    assertThat(
            fixture.outcome(
                () -> fixture.decisions.reject(LEDGER, fixture.aaron, late, "Late"), "rejected"))
        .isEqualTo("approval-expired");
    assertThat(fixture.dismissals.executed).containsExactly("exc_1");

    fixture.expiry.expireOverdue();
    assertThat(fixture.dismissals.ended)
        .containsExactly(new ProposalEnd(late, ApprovalState.EXPIRED, "system", null));
    assertThat(fixture.approve(fixture.aaron, late)).isEqualTo("approval-expired");
  }

  @Test
  void a_refused_effect_leaves_it_pending_and_undoes_all() {
    ApprovalId id = fixture.propose("exc_1", 500);
    fixture.dismissals.refusal = Problems.invalidMoney("not now");

    assertThat(fixture.approve(fixture.aaron, id)).isEqualTo("invalid-money");
    assertThat(fixture.state(id)).isEqualTo("pending");
    assertThat(auditRecords("approval.approved")).isZero();

    fixture.dismissals.refusal = null;
    assertThat(fixture.approve(fixture.aaron, id)).isEqualTo("approved");
    assertThat(auditRecords("approval.approved")).isOne();
  }

  @Test
  void another_hash_a_moved_target_and_too_small_a_limit_leave_it_pending() {
    ApprovalId id = fixture.propose("exc_1", 1000);
    ApprovalId large = fixture.propose("exc_2", 1001);

    assertThat(fixture.approve(fixture.aaron, id, "0".repeat(64))).isEqualTo("content-changed");
    fixture.dismissals.pins.put("state", "resolved");
    assertThat(fixture.approve(fixture.aaron, id)).isEqualTo("content-changed");
    fixture.dismissals.pins.put("state", "open");
    assertThat(fixture.approve(fixture.aaron, large)).isEqualTo("limit-exceeded");
    assertThat(List.of(fixture.state(id), fixture.state(large))).containsOnly("pending");
    assertThat(fixture.dismissals.executed).isEmpty();
    assertThat(fixture.approve(fixture.aaron, id)).isEqualTo("approved");
  }

  @Test
  void of_one_target_one_proposal_is_pending_at_a_time() {
    ApprovalId first = fixture.propose("exc_1", 5);

    assertThatThrownBy(() -> fixture.propose("exc_1", 5))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("already-proposed");
    assertThat(fixture.state(first)).isEqualTo("pending");
  }

  @Test
  void an_expired_proposal_makes_room_for_another() {
    ApprovalId first = fixture.propose("exc_1", 5);
    fixture.clock.advance(EXPIRE_AFTER);

    ApprovalId second = fixture.propose("exc_1", 5);

    assertThat(fixture.state(first)).isEqualTo("expired");
    assertThat(fixture.state(second)).isEqualTo("pending");
    assertThat(fixture.dismissals.ended)
        .containsExactly(new ProposalEnd(first, ApprovalState.EXPIRED, "system", null));
  }

  @Test
  void what_is_overtaken_is_superseded_and_cannot_be_decided() {
    ApprovalId id = fixture.propose("exc_1", 5);

    fixture.outcome(
        () ->
            fixture.approvals.supersede(
                LEDGER, ApprovalKind.DISMISSAL, "exc_1", "A late line explains it."),
        "");

    assertThat(fixture.state(id)).isEqualTo("superseded");
    assertThat(fixture.approve(fixture.aaron, id)).isEqualTo("wrong-state");
    assertThat(fixture.dismissals.ended)
        .containsExactly(
            new ProposalEnd(id, ApprovalState.SUPERSEDED, "system", "A late line explains it."));
  }

  @Test
  void only_who_proposed_withdraws() {
    ApprovalId id = fixture.propose("exc_1", 5);

    assertThat(
            fixture.outcome(
                () -> fixture.decisions.withdraw(LEDGER, fixture.aaron, id), "withdrawn"))
        .isEqualTo("forbidden");
    assertThat(
            fixture.outcome(
                () -> fixture.decisions.withdraw(LEDGER, fixture.olga, id), "withdrawn"))
        .isEqualTo("withdrawn");
    assertThat(fixture.state(id)).isEqualTo("withdrawn");
  }

  @Test
  void the_hash_is_the_sha_256_of_the_canonical_content() throws NoSuchAlgorithmException {
    ApprovalId id = fixture.propose("exc_1", 5);
    String content =
        CanonicalJson.of(
            "{\"subject\": \"exc_1\", \"amount\": {\"minorUnits\": 5, \"currency\": \"EUR\"}}");
    byte[] sha256 =
        MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));

    assertThat(fixture.hash(id)).isEqualTo(HexFormat.of().formatHex(sha256));
  }

  private long auditRecords(String action) {
    return fixture
        .database
        .jdbc()
        .sql("SELECT count(*) FROM audit.record WHERE action = :action")
        .param("action", action)
        .query(Long.class)
        .single();
  }
}
