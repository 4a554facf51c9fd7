package io.countersign.console.ui;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons that say what they mean to a screen reader too.
public final class Icons {

  private Icons() {}

  public static FontIcon of(Ikon ikon, String meaning) {
    FontIcon icon = new FontIcon(ikon);
    icon.setAccessibleText(meaning);
    return icon;
  }
}
