package io.countersign.console.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.reconciliation.FileImport.Phase;
import io.countersign.console.testing.DemoStatements;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementImport;
import io.countersign.model.reconciliation.StatementState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileImportTest {

  private final FileImport sending =
      FileImport.waiting(1, Path.of("november.xml"), "house-bank").sending();

  private static Statement as(StatementState state) {
    Statement one = DemoStatements.statement(1);
    return new Statement(
        one.id(),
        one.source(),
        one.format(),
        one.accountId(),
        one.currency(),
        one.lineCount(),
        one.openingBalance(),
        one.closingBalance(),
        state,
        one.problems());
  }

  private FileImport read(Statement... statements) {
    return sending.after(new StatementImport("imp_1", 100, List.of(statements)));
  }

  @Test
  void a_file_that_is_being_read_says_how_far() {
    FileImport reading = sending.after(new StatementImport("imp_1", 40, null));
    assertThat(reading.phase()).isEqualTo(Phase.READING);
    assertThat(reading.words()).isEqualTo("Being read: 40 %.");
  }

  @Test
  void what_was_read_is_counted() {
    assertThat(read(as(StatementState.ACCEPTED), as(StatementState.ACCEPTED)).words())
        .isEqualTo("2 statements with 80 lines.");
  }

  @Test
  void what_was_read_before_adds_nothing_and_is_no_failure() {
    FileImport again = read(as(StatementState.DUPLICATE));
    assertThat(again.phase()).isEqualTo(Phase.DONE);
    assertThat(again.words()).isEqualTo("1 statement had been read before.");
  }

  @Test
  void what_is_quarantined_says_why_beside_what_was_accepted() {
    FileImport mixed =
        read(as(StatementState.ACCEPTED), DemoStatements.statement(DemoStatements.QUARANTINED));
    assertThat(mixed.phase()).isEqualTo(Phase.QUARANTINED);
    assertThat(mixed.words())
        .startsWith("1 statement with 40 lines. 1 statement quarantined: opening 13,200.00")
        .endsWith("1.50 is missing");
  }

  @Test
  void a_file_with_nothing_in_it_says_so() {
    assertThat(read().words()).isEqualTo("There was no statement in it.");
  }
}
