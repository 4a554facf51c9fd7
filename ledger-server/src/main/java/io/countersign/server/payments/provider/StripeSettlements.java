package io.countersign.server.payments.provider;

import com.stripe.model.BalanceTransaction;
import com.stripe.model.BalanceTransactionSource;
import com.stripe.model.Charge;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.param.BalanceTransactionListParams;
import io.countersign.model.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Stripe's balance transactions as settlement lines.
final class StripeSettlements implements ProviderSettlements {

  private static final long PAGE = 100;

  private final StripeApi api;
  private final Duration pageDeadline;

  StripeSettlements(StripeApi api, Duration pageDeadline) {
    this.api = api;
    this.pageDeadline = pageDeadline;
  }

  @Override
  public String name() {
    return StripeGateway.NAME;
  }

  @Override
  public void list(Instant from, Instant until, Consumer<SettlementLine> sink) {
    @Nullable String after = null;
    boolean more = true;
    while (more) {
      StripeCollection<BalanceTransaction> page = page(from, until, after);
      List<BalanceTransaction> booked = page.getData();
      booked.forEach(it -> sink.accept(line(it)));
      more = Boolean.TRUE.equals(page.getHasMore()) && !booked.isEmpty();
      after = booked.isEmpty() ? null : booked.getLast().getId();
    }
  }

  private StripeCollection<BalanceTransaction> page(
      Instant from, Instant until, @Nullable String after) {
    BalanceTransactionListParams.Builder params =
        BalanceTransactionListParams.builder()
            .setLimit(PAGE)
            .setCreated(
                BalanceTransactionListParams.Created.builder()
                    .setGte(from.getEpochSecond())
                    .setLt(until.getEpochSecond())
                    .build())
            .addExpand("data.source");
    if (after != null) {
      params.setStartingAfter(after);
    }
    return switch (api.balanceTransactions(params.build(), Deadline.in(pageDeadline))) {
      case StripeAnswer.Given<StripeCollection<BalanceTransaction>>(var page)
          when page.getData() != null ->
          page;
      case StripeAnswer.Given<StripeCollection<BalanceTransaction>> _ ->
          throw new SettlementUnavailable("an unreadable answer");
      case StripeAnswer.Refused<StripeCollection<BalanceTransaction>> refused ->
          throw new SettlementUnavailable("Stripe does not list it: " + refused.code());
      case StripeAnswer.None<StripeCollection<BalanceTransaction>>(String why) ->
          throw new SettlementUnavailable(why);
    };
  }

  private static SettlementLine line(BalanceTransaction booked) {
    String currency = String.valueOf(booked.getCurrency());
    Money gross = money(booked.getAmount(), currency);
    return new SettlementLine(
        required(booked.getId()),
        required(booked.getType()),
        gross.minorUnits(),
        money(booked.getFee(), currency).minorUnits(),
        money(booked.getNet(), currency).minorUnits(),
        gross.currency(),
        StripeIntents.at(required(booked.getCreated())),
        StripeIntents.at(required(booked.getAvailableOn())),
        references(booked),
        booked.getDescription());
  }

  private static Money money(@Nullable Long amount, String currency) {
    return StripeAmount.money(amount, currency)
        .orElseThrow(() -> new SettlementUnavailable("Stripe lists an amount that is none"));
  }

  private static <T> T required(@Nullable T value) {
    return Optional.ofNullable(value)
        .orElseThrow(() -> new SettlementUnavailable("Stripe lists a line that lacks a part"));
  }

  private static List<String> references(BalanceTransaction booked) {
    List<@Nullable String> names = new ArrayList<>();
    names.add(booked.getSource());
    BalanceTransactionSource source = booked.getSourceObject();
    if (source instanceof Charge charge) {
      names.add(charge.getPaymentIntent());
      names.add(StripeIntents.key(charge.getMetadata()));
    } else if (source instanceof Refund refund) {
      names.add(refund.getCharge());
      names.add(StripeIntents.key(refund.getMetadata()));
    }
    return names.stream().filter(Objects::nonNull).map(Objects::requireNonNull).distinct().toList();
  }
}
