package io.countersign.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortableSqlTest {

  /// Armour is PostgreSQL's own and nothing relies on it.
  private static final Set<PortableSql> ALLOWED_IN_ARMOUR =
      EnumSet.of(PortableSql.TRIGGER, PortableSql.TRANSACTION_ID);

  @Test
  void our_code_stays_within_the_portable_subset() {
    List<SourceSql> all = SourceSql.inCode();
    assertThat(all).as("strings found in the code").hasSizeGreaterThan(50);
    assertThat(all).allSatisfy(sql -> assertThat(violations(sql)).as(sql.toString()).isEmpty());
  }

  @Test
  void our_migrations_stay_within_the_portable_subset() {
    List<SourceSql> all = SourceSql.inMigrations();
    assertThat(all).as("migrations").hasSizeGreaterThan(3);
    assertThat(all).allSatisfy(sql -> assertThat(violations(sql)).as(sql.toString()).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_violation_is_found_in_code_and_in_a_migration(PortableSql rule) {
    String code = "  private static final String SQL =\n\"\"\"\n" + rule.planted() + "\n\"\"\";\n";
    assertThat(
            SourceSql.strings(Path.of("Planted.java"), code).flatMap(s -> violations(s).stream()))
        .contains(rule);
    assertThat(violations(new SourceSql(Path.of("V1__planted.sql"), rule.planted())))
        .contains(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOCK TABLE journal.gate IN ROW SHARE MODE",
        "SELECT id FROM accounts.account WHERE ledger_id = :ledger FOR NO KEY UPDATE",
        "INSERT INTO a.b VALUES (1) ON CONFLICT (id) DO UPDATE SET x = EXCLUDED.x",
        "the account is notified and listened to"
      })
  void what_is_allowed_is_left_alone(String sql) {
    assertThat(PortableSql.violations(sql)).isEmpty();
  }

  private static Set<PortableSql> violations(SourceSql sql) {
    Set<PortableSql> found = PortableSql.violations(sql.text());
    if (sql.armour()) {
      found.removeAll(ALLOWED_IN_ARMOUR);
    }
    return found;
  }
}
