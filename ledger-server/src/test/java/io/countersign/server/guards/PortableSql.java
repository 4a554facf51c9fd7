package io.countersign.server.guards;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// What SQL of ours leaves alone, so that the books can move to a distributed PostgreSQL. Each
/// entry carries a violation that it must find.
enum PortableSql {
  ADVISORY_LOCK("pg_(try_)?advisory", "SELECT pg_advisory_xact_lock(42)"),
  LISTEN_NOTIFY("\\b(LISTEN|UNLISTEN|NOTIFY)\\s+\\w|\\bpg_notify\\b", "NOTIFY journal, 'appended'"),
  TRIGGER(
      "\\bCREATE\\s+(OR\\s+REPLACE\\s+)?((CONSTRAINT\\s+)?TRIGGER|FUNCTION|PROCEDURE|RULE)\\b",
      "CREATE TRIGGER t BEFORE UPDATE ON journal.entry EXECUTE FUNCTION f()"),
  EXCLUSION_CONSTRAINT("\\bEXCLUDE\\s*(USING|\\()", "EXCLUDE USING gist (account WITH =)"),
  TRANSACTION_ID(
      "\\b(xmin|xmax|txid_\\w+|pg_current_xact_id\\w*|pg_current_snapshot|pg_snapshot\\w*|pg_xact\\w*)\\b",
      "INSERT INTO idempotency.key VALUES (1) RETURNING xmax = 0"),
  ROW_ADDRESS("\\bctid\\b", "DELETE FROM idempotency.key WHERE ctid = ANY (:rows)"),
  TABLE_LOCK(
      "\\bLOCK\\s+(TABLE\\s+)?(ONLY\\s+)?(?!journal\\.gate\\b)\\w+\\.\\w+",
      "LOCK TABLE accounts.account IN EXCLUSIVE MODE"),
  ENUM_TYPE("\\bCREATE\\s+TYPE\\b", "CREATE TYPE journal.kind AS ENUM ('a')"),
  ID_MADE_BY_THE_DATABASE(
      "\\b(gen_random_uuid|uuidv[47]|uuid_generate_\\w+)\\s*\\(", "DEFAULT gen_random_uuid()"),
  CASCADE("\\bON\\s+DELETE\\s+CASCADE\\b", "REFERENCES journal.transaction ON DELETE CASCADE");

  private final Pattern pattern;
  private final String planted;

  PortableSql(String pattern, String planted) {
    this.pattern = Pattern.compile(pattern);
    this.planted = planted;
  }

  String planted() {
    return planted;
  }

  boolean violatedBy(String sql) {
    return pattern.matcher(sql).find();
  }

  /// @param sql keywords in capitals, functions and columns in small letters, as everywhere here
  static Set<PortableSql> violations(String sql) {
    var found = EnumSet.noneOf(PortableSql.class);
    for (PortableSql rule : values()) {
      if (rule.violatedBy(sql)) {
        found.add(rule);
      }
    }
    return found;
  }
}
