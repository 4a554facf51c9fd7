package io.countersign.server.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `countersign.database.*`: another PostgreSQL than the embedded one.
///
/// @param url a JDBC URL, also of several hosts; absent = embedded
/// @param poolSize connections this server holds at most
@ConfigurationProperties("countersign.database")
record DatabaseSettings(
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    @DefaultValue Owner owner,
    @DefaultValue("20") int poolSize) {

  DatabaseSettings {
    url = blankAsNull(url);
    user = blankAsNull(user);
  }

  /// Who migrates; absent = the schema must be there and be current.
  record Owner(@Nullable String user, @Nullable String password) {

    Owner {
      user = blankAsNull(user);
    }

    @Nullable Credentials credentials() {
      return user == null ? null : new Credentials(user, orEmpty(password));
    }
  }

  /// The PostgreSQL these settings name, or null for the embedded one.
  @Nullable Database external() {
    if (url == null) {
      return null;
    }
    if (user == null) {
      throw new DatabaseUnusable(
          "COUNTERSIGN_DATABASE_URL is set without COUNTERSIGN_DATABASE_USER.",
          "Name the restricted role, and its password in COUNTERSIGN_DATABASE_PASSWORD.");
    }
    return new Database(url, new Credentials(user, orEmpty(password)), owner.credentials());
  }

  private static @Nullable String blankAsNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
