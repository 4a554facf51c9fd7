package io.countersign.console.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.Workplaces;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ApprovalsViewModelTest {

  @Test
  void nobody_can_approve_their_own_adjustment() {
    var model = signedInAs("operator");

    assertThat(model.mayDecide(DemoWork.approval(1)).whyNot())
        .isEqualTo("You proposed this; someone else decides.");
    assertThat(model.mayWithdraw(DemoWork.approval(1)).may()).isTrue();
  }

  @Test
  void approvers_decide_what_others_proposed() {
    var model = signedInAs("approver");

    assertThat(model.mayDecide(DemoWork.approval(1)).may()).isTrue();
    assertThat(model.mayWithdraw(DemoWork.approval(1)).may()).isFalse();
    assertThat(model.headline(DemoWork.approval(1))).isEqualTo("adjustment of 25.00 EUR");
  }

  @Test
  void operators_decide_nothing() {
    assertThat(signedInAs("operator").mayDecide(DemoWork.approval(5)).whyNot())
        .isEqualTo("Proposals are decided by approvers.");
  }

  private static ApprovalsViewModel signedInAs(String user) {
    try (StandInServer server = new StandInServer()) {
      return new ApprovalsViewModel(
          Workplaces.of(server, user),
          new Amounts(Locale.UK),
          new Days(DemoBooks.CLOCK, Locale.UK));
    }
  }
}
