package io.countersign.server.reconciliation.cases;

import static io.countersign.model.reconciliation.ExceptionState.ASSIGNED;
import static io.countersign.model.reconciliation.ExceptionState.AWAITING_APPROVAL;
import static io.countersign.model.reconciliation.ExceptionState.OPEN;
import static io.countersign.model.reconciliation.ExceptionState.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.api.Problem;
import org.junit.jupiter.api.Test;

class CaseTransitionsTest {

  @Test
  void a_resolved_one_can_only_be_opened_again() {
    assertThat(CaseTransitions.next(RESOLVED)).containsExactly(OPEN);
    assertThat(CaseTransitions.refusal(RESOLVED, ASSIGNED))
        .map(Problem::slug)
        .hasValue("wrong-state");
  }

  @Test
  void an_open_one_is_anybody_s() {
    assertThat(CaseTransitions.refusalToWork(OPEN, null, "dana")).isEmpty();
  }

  @Test
  void another_s_must_be_taken_over_first() {
    assertThat(CaseTransitions.refusalToWork(ASSIGNED, "dana", "dana")).isEmpty();
    assertThat(CaseTransitions.refusalToWork(ASSIGNED, "dana", "alex"))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.slug()).isEqualTo("assigned-to-other");
              assertThat(problem.status()).isEqualTo(409);
              assertThat(problem.members()).containsEntry("assignee", "dana");
            });
  }

  @Test
  void nobody_works_on_what_waits_for_a_decision_or_is_resolved() {
    assertThat(CaseTransitions.refusalToWork(AWAITING_APPROVAL, "dana", "dana"))
        .map(problem -> problem.members().get("state"))
        .hasValue("awaiting_approval");
    assertThat(CaseTransitions.refusalToWork(RESOLVED, "dana", "dana"))
        .map(problem -> problem.members().get("state"))
        .hasValue("resolved");
  }
}
