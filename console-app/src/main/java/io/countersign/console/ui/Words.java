package io.countersign.console.ui;

import java.util.Locale;

/// Words of the contract as people read them.
public final class Words {

  private Words() {}

  /// `PENDING_CONFIRMATION` becomes `Pending confirmation`.
  public static String of(Enum<?> name) {
    return sentence(name.name().toLowerCase(Locale.ROOT));
  }

  /// Also splits `camelCase`, as the names of fields are written.
  public static String sentence(String wire) {
    String spaced = wire.replace('_', ' ').replaceAll("([a-z])([A-Z])", "$1 $2");
    return capitalised(spaced.toLowerCase(Locale.ROOT));
  }

  public static String capitalised(String words) {
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
