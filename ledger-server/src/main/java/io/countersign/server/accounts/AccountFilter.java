package io.countersign.server.accounts;

import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import org.jspecify.annotations.Nullable;

/// @param prefix of the code; empty for all
record AccountFilter(String prefix, @Nullable AccountType type, @Nullable AccountStatus status) {}
