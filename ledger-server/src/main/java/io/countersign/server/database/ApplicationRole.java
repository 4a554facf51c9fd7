package io.countersign.server.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/// The restricted role that the server works as: it can log in, owns nothing, and holds no right
/// that a migration did not grant.
final class ApplicationRole {

  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");

  private static final String EXISTS = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ?";

  private static final String CREATE =
      "CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION"
          + " NOBYPASSRLS";

  // A role's password cannot be a parameter, so PostgreSQL itself quotes it.
  private static final String QUOTED_PASSWORD_CHANGE =
      "SELECT format('ALTER ROLE %I PASSWORD %L', ?::text, ?::text)";

  private static final String RIGHTS_ABOVE_IT =
      """
      SELECT rolsuper OR EXISTS (
        SELECT 1 FROM pg_catalog.pg_namespace n WHERE n.nspowner = r.oid AND n.nspname = ANY (?))
      FROM pg_catalog.pg_roles r WHERE rolname = current_user
      """;

  private ApplicationRole() {}

  /// Makes the role, as the owner, when the server does not know it yet.
  static void create(Connection asOwner, Credentials application) throws SQLException {
    if (!exists(asOwner, application.user())) {
      try (var statement = asOwner.createStatement()) {
        statement.execute(CREATE.formatted(identifier(application.user())));
      }
      setPassword(asOwner, application);
    }
  }

  static void setPassword(Connection asOwner, Credentials application) throws SQLException {
    try (PreparedStatement quoting = asOwner.prepareStatement(QUOTED_PASSWORD_CHANGE)) {
      quoting.setString(1, application.user());
      quoting.setString(2, application.password());
      try (ResultSet row = quoting.executeQuery();
          Statement statement = asOwner.createStatement()) {
        row.next();
        statement.execute(row.getString(1));
      }
    }
  }

  /// Whether this connection's role could rewrite the books: a superuser, or owner of a schema.
  static boolean mayRewrite(Connection asApplication, List<String> schemas) throws SQLException {
    try (PreparedStatement statement = asApplication.prepareStatement(RIGHTS_ABOVE_IT)) {
      statement.setArray(1, asApplication.createArrayOf("text", schemas.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /// The role's name as SQL wants it.
  static String identifier(String role) {
    return PLAIN_NAME.matcher(role).matches() ? role : '"' + role.replace("\"", "\"\"") + '"';
  }

  private static boolean exists(Connection connection, String role) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
      statement.setString(1, role);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
