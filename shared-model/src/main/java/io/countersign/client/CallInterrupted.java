package io.countersign.client;

/// The calling thread was interrupted while it waited. Its interrupt flag is set again.
public final class CallInterrupted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CallInterrupted(InterruptedException cause) {
    super("interrupted while waiting for the server", cause);
    Thread.currentThread().interrupt();
  }
}
