package io.countersign.server.outbox;

/// An event that has been committed, without what it says.
///
/// @param number names the event; it tells nothing about order across objects
public record Changed(long number, String type, String subject) {}
