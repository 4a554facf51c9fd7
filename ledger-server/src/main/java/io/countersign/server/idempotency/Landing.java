package io.countersign.server.idempotency;

import java.util.UUID;
import org.springframework.http.ResponseEntity;

/// How a request with a key ended; committed.
public sealed interface Landing {

  /// @param answer what this caller gets
  /// @param kept what the key keeps for every later one; the same unless it holds a secret
  /// @param replayed whether an earlier request was the first
  record Answered(StoredAnswer answer, StoredAnswer kept, boolean replayed) implements Landing {

    public ResponseEntity<byte[]> response() {
      return answer.response(replayed);
    }

    @Override
    public Answered again() {
      return new Answered(kept, kept, true);
    }
  }

  /// The subject exists and its answer comes later.
  ///
  /// @param fresh whether this request made it
  record Begun(UUID subject, boolean fresh) implements Landing {

    @Override
    public Begun again() {
      return new Begun(subject, false);
    }
  }

  /// What an equal request gets that waited for this one.
  Landing again();
}
