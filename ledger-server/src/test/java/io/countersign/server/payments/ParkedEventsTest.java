package io.countersign.server.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.database.Transactions;
import io.countersign.server.payments.provider.ProviderEvent;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.sagas.Sagas;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// An event about a payment that is not there, such as after a restore, waits for it.
class ParkedEventsTest extends PaymentsServer {

  private static final int MAIN = 1;

  @Autowired PaymentBook book;
  @Autowired Accounts accounts;
  @Autowired Sagas sagas;
  @Autowired Transactions transactions;
  @Autowired UuidV7 ids;

  @Test
  void an_event_for_an_unknown_payment_is_its_answer_when_it_appears() {
    PaymentId id = new PaymentId(ids.next());
    assertThat(event(id, 1250)).isEqualTo(204);
    assertThat(payment(id.toString()).problem()).isEqualTo("not-found");

    appear(id);

    awaitPayment(id.toString(), "succeeded");
    assertThat(posted(merchant)).isEqualTo(1250);
    assertThat(provider.sent).as("nothing was sent: the answer was there").isEmpty();
  }

  @Test
  void one_that_speaks_of_another_amount_is_no_answer() {
    PaymentId id = new PaymentId(ids.next());
    assertThat(event(id, 9999)).isEqualTo(204);

    appear(id);

    awaitPayment(id.toString(), "succeeded");
    assertThat(provider.sent).as("the provider was asked itself").hasSize(1);
  }

  private int event(PaymentId id, long minorUnits) {
    provider.event =
        new ProviderEvent.AboutCharge(
            "evt-" + id,
            ProviderKey.ofCharge(id),
            Money.of(minorUnits, "EUR"),
            ScriptedProvider.charged());
    return api().anonymous().postInMain("/providers/scripted/webhooks", "{}").status();
  }

  /// Makes a payment of this id as a request does, with nobody waiting for its answer.
  private void appear(PaymentId id) {
    PaymentTerms terms =
        new PaymentTerms(
            id,
            Money.of(1250, "EUR"),
            merchant,
            "scripted",
            ProviderKey.ofCharge(id).value(),
            "any",
            null,
            null,
            Map.of(),
            sagas.newId(),
            "integrator",
            book.now());
    transactions.run(
        () -> {
          accounts.ensure(
              MAIN, terms.providerAccount(), "x", AccountType.ASSET, terms.amount().currency());
          book.create(
              MAIN,
              terms,
              List.of(
                  new PaymentBook.Happening(
                      "submitted",
                      Change.to(PaymentState.SUBMITTED).sent(1, terms.createdAt()),
                      "system",
                      null)));
          sagas.start(
              MAIN,
              terms.saga(),
              ChargeSaga.KIND,
              new Relation("payment", id.toString()),
              Duration.ZERO);
        });
  }
}
