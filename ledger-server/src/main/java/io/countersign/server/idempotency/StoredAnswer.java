package io.countersign.server.idempotency;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/// An answer as it went over the wire, byte for byte.
@SuppressWarnings("ArrayRecordComponent") // written once, handed to the response and never compared
public record StoredAnswer(int status, String contentType, byte[] body) {

  ResponseEntity<byte[]> response(boolean replayed) {
    ResponseEntity.BodyBuilder response =
        ResponseEntity.status(status).header(HttpHeaders.CONTENT_TYPE, contentType);
    if (replayed) {
      response.header("Idempotency-Replayed", "true");
    }
    return response.body(body);
  }
}
