package io.countersign.console.signin;

import io.countersign.client.LedgerClient;
import io.countersign.model.identity.Profile;

/// A client whose calls carry a session's token, and whose session it is.
public record SignedIn(LedgerClient client, Profile profile) {}
