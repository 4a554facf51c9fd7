package io.countersign.model.approvals;

import io.countersign.model.Money;

/// What a proposal does to one account's posted balance, on its normal side.
public record Impact(String account, Money before, Money after) {}
