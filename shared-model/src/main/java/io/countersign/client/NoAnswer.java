package io.countersign.client;

/// The server could not be reached, or did not answer, after all retries. What was asked may have
/// happened: ask again with the same [Intent].
public final class NoAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NoAnswer(String message, Throwable cause) {
    super(message, cause);
  }
}
