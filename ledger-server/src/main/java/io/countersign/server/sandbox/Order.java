package io.countersign.server.sandbox;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client asks for under its key: a charge, or a refund of one.
record Order(
    Operation.Kind kind,
    String key,
    Amount amount,
    String paymentMethod,
    @Nullable String chargeKey,
    @Nullable String merchantReference,
    @Nullable String webhookUrl) {

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._:-]{1,255}");

  /// A charge as it comes over the wire.
  record ChargeBody(
      @Nullable Amount amount,
      @Nullable String paymentMethod,
      @Nullable String reference,
      @Nullable String description,
      @Nullable String webhookUrl) {}

  /// A refund as it comes over the wire.
  record RefundBody(
      @Nullable String chargeKey,
      @Nullable Amount amount,
      @Nullable String description,
      @Nullable String webhookUrl) {}

  static Order charge(@Nullable String key, ChargeBody body) {
    return new Order(
        Operation.Kind.CHARGE,
        validKey(key),
        payable(body.amount()),
        present("paymentMethod", body.paymentMethod()),
        null,
        body.reference(),
        body.webhookUrl());
  }

  static Order refund(@Nullable String key, RefundBody body) {
    return new Order(
        Operation.Kind.REFUND,
        validKey(key),
        payable(body.amount()),
        Token.forRefund(body.description()),
        present("chargeKey", body.chargeKey()),
        null,
        body.webhookUrl());
  }

  static String validKey(@Nullable String key) {
    if (key == null || !KEY.matcher(key).matches()) {
      throw Refusal.invalid("the key must match " + KEY.pattern());
    }
    return key;
  }

  static Amount payable(@Nullable Amount amount) {
    if (amount == null || !amount.isPayable()) {
      throw Refusal.invalid("amount must be positive minor units of an ISO 4217 currency");
    }
    return amount;
  }

  private static String present(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw Refusal.invalid(field + " is missing");
    }
    return value;
  }

  /// Where events go and what the merchant calls it may change between sends; what moves may not.
  boolean repeats(Operation known) {
    return known.kind() == kind
        && known.amount().equals(amount)
        && known.paymentMethod().equals(paymentMethod)
        && Objects.equals(known.chargeKey(), chargeKey);
  }
}
