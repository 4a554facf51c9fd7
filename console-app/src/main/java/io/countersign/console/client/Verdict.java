package io.countersign.console.client;

/// Whether something may be done now, and if not, why not.
///
/// @param whyNot a sentence for the tooltip; empty when it may be done
public record Verdict(String whyNot) {

  public static final Verdict YES = new Verdict("");
  public static final Verdict BUSY = no("One moment: it is being done.");
  public static final Verdict OFFLINE =
      no("There is no connection to the server; nothing can be changed.");

  public static Verdict no(String whyNot) {
    return new Verdict(whyNot);
  }

  public boolean may() {
    return whyNot.isEmpty();
  }
}
