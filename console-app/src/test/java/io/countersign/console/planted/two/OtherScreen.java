package io.countersign.console.planted.two;

/// A screen that another one must not know.
public final class OtherScreen {

  public static final String NAME = "other";
}
