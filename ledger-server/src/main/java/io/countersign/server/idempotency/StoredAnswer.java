package io.countersign.server.idempotency;

/// An answer as it went over the wire, byte for byte.
@SuppressWarnings("ArrayRecordComponent") // written once, handed to the response and never compared
record StoredAnswer(int status, String contentType, byte[] body) {}
