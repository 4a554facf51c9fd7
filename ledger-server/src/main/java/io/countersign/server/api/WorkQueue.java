package io.countersign.server.api;

import io.countersign.model.overview.QueueCount;

/// The port through which a feature says how much of it waits for people. Asked every few seconds
/// while somebody follows, so it costs what waits and not what there ever was.
public interface WorkQueue {

  QueueCount count(int ledger);
}
