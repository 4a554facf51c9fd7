package io.countersign.server.outbox.delivery;

import io.countersign.model.id.WebhookEndpointId;

/// Which endpoint of which ledger.
record EndpointKey(int ledger, WebhookEndpointId id) {}
