package io.countersign.server.sagas;

/// What a step does, or what undoes it.
public sealed interface Work permits LocalWork, OutsideWork {}
