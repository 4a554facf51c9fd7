package io.countersign.model.accounts;

/// What an account is; says which side is its normal one.
public enum AccountType {
  ASSET,
  LIABILITY,
  EQUITY,
  REVENUE,
  EXPENSE
}
