package io.countersign.server.payments;

import io.countersign.server.payments.provider.ChargeOrder;
import io.countersign.server.payments.provider.ProviderEvent;
import io.countersign.server.payments.provider.ProviderGateway;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReference;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.payments.provider.RefundOrder;
import io.countersign.server.payments.provider.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A provider that does what a test says.
final class ScriptedProvider implements ProviderGateway {

  static final ProviderReply.NoAnswer SILENCE =
      new ProviderReply.NoAnswer(Duration.ofMillis(5), "no answer in time");

  final List<ProviderKey> sent = new CopyOnWriteArrayList<>();
  final List<ProviderKey> refundsSent = new CopyOnWriteArrayList<>();
  final List<ProviderKey> cancelled = new CopyOnWriteArrayList<>();

  volatile Function<ChargeOrder, ProviderReply.ToCharge> onCharge = order -> charged();
  volatile Function<ProviderKey, ProviderReply.ToChargeLookup> onLookUp = key -> SILENCE;
  volatile Function<ProviderKey, ProviderReply.ToChargeCancellation> onCancel =
      key -> new ProviderReply.Cancelled();
  volatile Function<RefundOrder, ProviderReply.ToRefund> onRefund = order -> refunded();
  volatile Function<ProviderKey, ProviderReply.ToRefundLookup> onRefundLookUp = key -> SILENCE;
  volatile ProviderEvent event = new ProviderEvent.OfNoConsequence("evt");
  volatile Function<WebhookDelivery, ProviderEvent> onEvent = delivery -> event;

  static ProviderReply.Charged charged() {
    return new ProviderReply.Charged(new ProviderReference("ch_1"), Instant.EPOCH);
  }

  static ProviderReply.Refunded refunded() {
    return new ProviderReply.Refunded(new ProviderReference("re_1"), Instant.EPOCH);
  }

  void reset() {
    sent.clear();
    refundsSent.clear();
    cancelled.clear();
    onCharge = order -> charged();
    onLookUp = key -> SILENCE;
    onCancel = key -> new ProviderReply.Cancelled();
    onRefund = order -> refunded();
    onRefundLookUp = key -> SILENCE;
    onEvent = delivery -> event;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public Duration keyLifetime() {
    return Duration.ofHours(24);
  }

  @Override
  public Duration visibilityDelay() {
    return Duration.ofMillis(500);
  }

  @Override
  public ProviderReply.ToCharge charge(ChargeOrder order) {
    sent.add(order.key());
    return onCharge.apply(order);
  }

  @Override
  public ProviderReply.ToRefund refund(RefundOrder order) {
    refundsSent.add(order.key());
    return onRefund.apply(order);
  }

  @Override
  public ProviderReply.ToChargeLookup lookUpCharge(ChargeOrder order) {
    return onLookUp.apply(order.key());
  }

  @Override
  public ProviderReply.ToRefundLookup lookUpRefund(RefundOrder order) {
    return onRefundLookUp.apply(order.key());
  }

  @Override
  public ProviderReply.ToChargeCancellation cancelCharge(ChargeOrder order) {
    cancelled.add(order.key());
    return onCancel.apply(order.key());
  }

  @Override
  public ProviderReply.ToRefundCancellation cancelRefund(RefundOrder order) {
    cancelled.add(order.key());
    return new ProviderReply.Cancelled();
  }

  @Override
  public Optional<ProviderEvent> read(WebhookDelivery delivery) {
    return Optional.of(onEvent.apply(delivery));
  }
}
