package io.countersign.server.seals;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.journal.Transaction;
import io.countersign.model.seals.Broken;
import io.countersign.server.journal.EntryDraft;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What somebody with all rights on the database can do to the books, and what comes to light.
class TamperingTest {

  private final SealedBooks books = new SealedBooks();
  private Transaction before;
  private Transaction target;
  private Transaction after;

  @BeforeEach
  void post_and_seal() {
    before = books.transfer("bank", "a", 1_000);
    books.seal();
    // Two balanced pairs, so that one of them can be taken out without a trace in the sums.
    target =
        books.post(
            "Order 4711",
            EntryDraft.debit("a", Money.of(30, "EUR")),
            EntryDraft.credit("b", Money.of(30, "EUR")),
            EntryDraft.debit("a", Money.of(2, "EUR")),
            EntryDraft.credit("fees", Money.of(2, "EUR")));
    after = books.transfer("bank", "b", 77);
    books.log("account.freeze");
    books.seal();
    books.transfer("bank", "b", 5);
    books.seal();
    assertThat(books.firstBroken()).isEmpty();
  }

  @AfterEach
  void close() {
    books.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          changed | UPDATE journal.entry SET amount = amount + sign(amount) * 5 WHERE sequence = :s AND line < 3
          changed | UPDATE journal.entry SET amount = -amount WHERE sequence = :s
          changed | UPDATE journal.entry SET account_id = (SELECT id FROM accounts.account WHERE code = 'fees') WHERE sequence = :s AND line = 2
          changed | UPDATE journal.entry SET effective_on = effective_on - 31 WHERE sequence = :s
          changed | UPDATE journal.transaction SET description = 'Order 4712' WHERE sequence = :s
          changed | UPDATE journal.transaction SET recorded_by = 'somebody' WHERE sequence = :s
          changed | UPDATE journal.transaction SET decided_by = 'somebody' WHERE sequence = :s
          changed | UPDATE journal.transaction SET metadata = '{"a": 1}' WHERE sequence = :s
          changed | UPDATE journal.transaction SET recorded_at = recorded_at + interval '1 microsecond' WHERE sequence = :s
          changed | DELETE FROM journal.entry WHERE sequence = :s AND line > 2
          changed | INSERT INTO journal.entry SELECT ledger_id, sequence, (line + 4)::smallint, account_id, layer, amount, currency, effective_on FROM journal.entry WHERE sequence = :s AND line > 2
          missing | DELETE FROM journal.transaction WHERE sequence = :s
          missing | WITH e AS (DELETE FROM journal.entry WHERE sequence = :s) DELETE FROM journal.transaction WHERE sequence = :s
          """)
  void what_adding_up_does_not_see_is_named(String difference, String statement) {
    int changed = books.tamperer().sql(statement).param("s", target.sequence()).update();
    assertThat(changed).isPositive();
    assertThat(books.unbalanced()).as("a check that only adds up sees nothing").isEmpty();
    Optional<Broken> broken = books.firstBroken();
    assertThat(broken).isPresent();
    assertThat(broken.get().difference()).isEqualTo(difference);
    assertThat(broken.get().type()).isEqualTo("transaction");
    assertThat(broken.get().id()).isEqualTo(target.id().toString());
    assertThat(broken.get().sequence()).isEqualTo(target.sequence());
    assertThat(broken.get().seal()).isEqualTo(2);
  }

  @Test
  void a_transaction_put_into_the_past_is_named() {
    long gap = target.sequence() - 1;
    JdbcClient owner = books.tamperer();
    owner
        .sql(
            """
            INSERT INTO journal.transaction SELECT ledger_id, :gap,
              '0199c0de-0000-7000-8000-00000000beef', kind, description, reference, effective_on,
              recorded_at, recorded_by, reverses, relates_type, relates_id, proposed_by, decided_by,
              metadata
            FROM journal.transaction WHERE sequence = :s
            """)
        .param("gap", gap)
        .param("s", target.sequence())
        .update();
    owner
        .sql(
            """
            INSERT INTO journal.entry SELECT ledger_id, :gap, line, account_id, layer, amount,
              currency, effective_on FROM journal.entry WHERE sequence = :s
            """)
        .param("gap", gap)
        .param("s", target.sequence())
        .update();
    assertThat(books.unbalanced()).isEmpty();
    Broken broken = books.firstBroken().orElseThrow();
    assertThat(broken.difference()).isEqualTo("added");
    assertThat(broken.id()).isEqualTo("txn_0199c0de-0000-7000-8000-00000000beef");
    assertThat(broken.sequence()).isEqualTo(gap);
  }

  @Test
  void entries_put_beside_the_transactions_are_named() {
    books
        .tamperer()
        .sql(
            """
            INSERT INTO journal.entry SELECT ledger_id, :gap, line, account_id, layer, amount,
              currency, effective_on FROM journal.entry WHERE sequence = :s
            """)
        .param("gap", before.sequence() - 2)
        .param("s", target.sequence())
        .update();
    Broken broken = books.firstBroken().orElseThrow();
    assertThat(broken.difference()).isEqualTo("added");
    assertThat(broken.sequence()).isEqualTo(before.sequence() - 2);
  }

  @Test
  void the_first_of_several_differences_is_named() {
    JdbcClient owner = books.tamperer();
    owner.sql("UPDATE journal.transaction SET description = ''").update();
    assertThat(books.firstBroken().orElseThrow().id()).isEqualTo(before.id().toString());
  }

  @Test
  void two_transactions_that_change_places_are_seen() {
    JdbcClient owner = books.tamperer();
    owner
        .sql(
            """
            UPDATE journal.transaction SET description =
              CASE sequence WHEN :one THEN 'from bank to b' ELSE 'Order 4711' END
            WHERE sequence IN (:one, :two)
            """)
        .param("one", target.sequence())
        .param("two", after.sequence())
        .update();
    assertThat(books.firstBroken().orElseThrow().id()).isEqualTo(target.id().toString());
  }

  @Test
  void an_account_that_gets_another_s_code_is_seen() {
    books.tamperer().sql("UPDATE accounts.account SET code = 'c' WHERE code = 'a'").update();
    assertThat(books.firstBroken().orElseThrow().id()).isEqualTo(before.id().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          changed | UPDATE audit.record SET action = 'account.unfreeze'
          changed | UPDATE audit.record SET before_state = ''
          missing | DELETE FROM audit.record
          missing | WITH r AS (DELETE FROM audit.record) DELETE FROM audit.sealing
          missing | UPDATE audit.sealing SET seal = NULL, position = NULL
          """)
  void an_audit_record_is_named(String difference, String statement) {
    String id = auditRecord();
    books.tamperer().sql(statement).update();
    Broken broken = books.firstBroken().orElseThrow();
    assertThat(broken.type()).isEqualTo("audit_record");
    assertThat(broken.difference()).isEqualTo(difference);
    assertThat(broken.id()).isEqualTo(id);
    assertThat(broken.seal()).isEqualTo(2);
  }

  @Test
  void an_audit_record_written_past_the_server_is_named() {
    books
        .tamperer()
        .sql(
            """
            INSERT INTO audit.record
            SELECT ledger_id, '0199c0de-0000-7000-8000-00000000beef', at, actor_id, 'admin',
                   actor_kind, credential, address, action, object_type, object_id, before_state,
                   after_state, correlation_id
            FROM audit.record
            """)
        .update();
    Broken broken = books.firstBroken().orElseThrow();
    assertThat(broken.difference()).isEqualTo("added");
    assertThat(broken.id()).isEqualTo("0199c0de-0000-7000-8000-00000000beef");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | missing       | DELETE FROM seals.seal WHERE number = 2
          1 | missing       | DELETE FROM seals.seal WHERE number = 1
          3 | missing       | DELETE FROM seals.seal WHERE number = 3
          2 | bad_signature | UPDATE seals.seal SET transactions_root = records_root WHERE number = 2
          2 | bad_signature | UPDATE seals.seal SET sealed_at = sealed_at - interval '1 day' WHERE number = 2
          2 | bad_signature | UPDATE seals.seal SET signature = (SELECT signature FROM seals.seal WHERE number = 1) WHERE number = 2
          2 | missing       | DELETE FROM seals.seal WHERE number = 3; UPDATE seals.seal SET number = 3 WHERE number = 2
          """)
  void a_seal_that_is_gone_or_altered_is_named(long seal, String difference, String statement) {
    books.tamperer().sql(statement).update();
    Broken broken = books.firstBroken().orElseThrow();
    assertThat(broken.type()).isEqualTo("seal");
    assertThat(broken.seal()).isEqualTo(seal);
    assertThat(broken.difference()).isEqualTo(difference);
  }

  @Test
  void a_deleted_last_seal_is_not_papered_over_by_the_next() {
    books.tamperer().sql("DELETE FROM seals.seal WHERE number = 3").update();
    books.transfer("bank", "a", 1);
    books.seal();
    assertThat(books.seals()).hasSize(2);
    assertThat(books.firstBroken().orElseThrow().difference()).isEqualTo("missing");
  }

  @Test
  void seals_made_anew_with_another_key_are_not_believed() {
    JdbcClient owner = books.tamperer();
    owner
        .sql("UPDATE journal.transaction SET description = 'Order 4712' WHERE sequence = :s")
        .param("s", target.sequence())
        .update();
    owner.sql("DELETE FROM seals.seal").update();
    owner.sql("DELETE FROM seals.leaf_list").update();
    owner.sql("UPDATE audit.sealing SET seal = NULL, position = NULL").update();
    try (SealedBooks other = new SealedBooks()) {
      Sealer forger =
          new Sealer(
              books.get(SealStore.class),
              books.get(io.countersign.server.journal.JournalTrail.class),
              books.sealerOf(new Sealer.Piece(1000, 100)).kinds(),
              other.get(SealKey.class),
              books.transactions(),
              books.get(java.time.Clock.class));
      forger.sealThrough(
          SealedBooks.MAIN,
          books
              .get(io.countersign.server.journal.Watermarks.class)
              .newest(1)
              .orElseThrow()
              .sequence(),
          () -> false);
    }
    Broken broken = books.firstBroken().orElseThrow();
    assertThat(broken.difference()).isEqualTo("unknown_key");
    assertThat(broken.seal()).isEqualTo(1);
  }

  @Test
  void a_difference_is_seen_even_when_the_list_that_would_place_it_is_altered_too() {
    JdbcClient owner = books.tamperer();
    owner
        .sql("UPDATE journal.transaction SET description = 'Order 4712' WHERE sequence = :s")
        .param("s", target.sequence())
        .update();
    owner.sql("UPDATE seals.leaf_list SET leaves = '' WHERE seal = 2").update();
    Broken broken = books.firstBroken().orElseThrow();
    assertThat(broken.type()).isEqualTo("seal");
    assertThat(broken.seal()).isEqualTo(2);
  }

  private String auditRecord() {
    return books
        .database()
        .jdbc()
        .sql("SELECT id::text FROM audit.record")
        .query(String.class)
        .single();
  }
}
