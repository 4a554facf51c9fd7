package io.countersign.console.app;

import io.countersign.console.adjustments.AdjustmentsView;
import io.countersign.console.adjustments.AdjustmentsViewModel;
import io.countersign.console.approvals.ApprovalsView;
import io.countersign.console.approvals.ApprovalsViewModel;
import io.countersign.console.client.Workplace;
import io.countersign.console.exceptions.ExceptionsView;
import io.countersign.console.exceptions.ExceptionsViewModel;
import io.countersign.console.journal.JournalView;
import io.countersign.console.journal.JournalViewModel;
import io.countersign.console.payments.PaymentsView;
import io.countersign.console.payments.PaymentsViewModel;
import io.countersign.console.reconciliation.ReconciliationView;
import io.countersign.console.reconciliation.ReconciliationViewModel;
import io.countersign.console.sagas.SagasView;
import io.countersign.console.sagas.SagasViewModel;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Memory;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.Screen;
import io.countersign.console.ui.Settings;
import java.util.List;
import java.util.Map;

/// Every screen of one ledger, in the order of the navigation.
///
/// @param byPrefix which screen shows the thing whose id begins so
record Screens(List<Screen> inOrder, Map<String, Screen> byPrefix) {

  /// Begins the id of an adjustment.
  static final String ADJUSTMENT = "adj_";

  static Screens of(
      Workplace workplace,
      Amounts amounts,
      Days days,
      Overlay overlay,
      Links links,
      Settings settings) {
    Screen journal =
        new JournalView(
            new JournalViewModel(workplace, amounts, days),
            amounts,
            days,
            overlay,
            links,
            new Memory(settings, "journal"));
    Screen payments =
        new PaymentsView(
            new PaymentsViewModel(workplace, amounts, days),
            amounts,
            days,
            overlay,
            links,
            new Memory(settings, "payments"));
    Screen exceptions =
        new ExceptionsView(
            new ExceptionsViewModel(workplace, amounts, days),
            amounts,
            days,
            overlay,
            links,
            new Memory(settings, "exceptions"));
    Screen approvals =
        new ApprovalsView(
            new ApprovalsViewModel(workplace, amounts, days),
            amounts,
            days,
            overlay,
            links,
            new Memory(settings, "approvals"));
    Screen adjustments =
        new AdjustmentsView(
            new AdjustmentsViewModel(workplace, amounts, days),
            amounts,
            days,
            links,
            new Memory(settings, "adjustments"));
    Screen sagas =
        new SagasView(
            new SagasViewModel(workplace, days),
            amounts,
            days,
            links,
            new Memory(settings, "sagas"));
    Screen reconciliation =
        new ReconciliationView(
            new ReconciliationViewModel(workplace, amounts, days),
            amounts,
            days,
            overlay,
            links,
            new Memory(settings, "reconciliation"));
    return new Screens(
        List.of(journal, payments, exceptions, approvals, adjustments, sagas, reconciliation),
        Map.of(
            "txn_",
            journal,
            "pay_",
            payments,
            "ref_",
            payments,
            "exc_",
            exceptions,
            "apr_",
            approvals,
            ADJUSTMENT,
            adjustments,
            "sag_",
            sagas,
            "stm_",
            reconciliation));
  }
}
