package io.countersign.server.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.UuidV7;
import io.countersign.model.journal.Transaction;
import io.countersign.model.seals.Broken;
import io.countersign.model.seals.Verification;
import io.countersign.model.seals.VerificationState;
import io.countersign.server.api.ProblemException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerificationsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

  private final SealedBooks books = new SealedBooks();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void what_was_acknowledged_before_is_sealed_and_verified() {
    Transaction last = books.transfer("bank", "a", 7);
    assertThatThrownBy(() -> verifications().latest(1)).isInstanceOf(ProblemException.class);
    UUID id = ask();
    assertThat(verifications().latest(1).state()).isEqualTo(VerificationState.RUNNING);
    assertThat(verifications().latest(1).finishedAt()).isNull();
    verifications().perform(1, id, () -> false);
    Verification done = verifications().latest(1);
    assertThat(done.state()).isEqualTo(VerificationState.INTACT);
    assertThat(done.throughSequence()).isGreaterThanOrEqualTo(last.sequence());
    assertThat(done.progress()).isEqualTo(100);
    assertThat(done.firstBroken()).isNull();
    assertThat(done.finishedAt()).isNotNull();
  }

  @Test
  void what_broke_is_told_with_how_far_everything_holds() {
    books.transfer("bank", "a", 7);
    books.seal();
    long holds = books.seals().getFirst().statement().throughSequence();
    Transaction target = books.transfer("bank", "a", 8);
    books.seal();
    books
        .tamperer()
        .sql("UPDATE journal.transaction SET recorded_by = 'x' WHERE sequence = :s")
        .param("s", target.sequence())
        .update();
    UUID id = ask();
    verifications().perform(1, id, () -> false);
    Verification done = verifications().latest(1);
    assertThat(done.state()).isEqualTo(VerificationState.BROKEN);
    assertThat(done.throughSequence()).isEqualTo(holds);
    Broken broken = Objects.requireNonNull(done.firstBroken());
    assertThat(broken.id()).isEqualTo(target.id().toString());
    assertThat(broken.detail()).contains(target.id().toString());
    // It stays so: a finished one is not done again.
    verifications().perform(1, id, () -> false);
    assertThat(verifications().latest(1)).isEqualTo(done);
  }

  @Test
  void one_that_a_shutdown_cuts_off_is_begun_anew() {
    books.transfer("bank", "a", 7);
    books.seal();
    UUID id = ask();
    // Sealing asks twice, once for each chain; what follows is the verification itself.
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(() -> verifications().perform(1, id, () -> asked.incrementAndGet() > 2))
        .isInstanceOf(Verifications.Interrupted.class);
    assertThat(verifications().latest(1).state()).isEqualTo(VerificationState.RUNNING);
    verifications().perform(1, id, () -> false);
    assertThat(verifications().latest(1).state()).isEqualTo(VerificationState.INTACT);
  }

  @Test
  void one_at_a_time_is_enough() {
    UUID first = ask();
    assertThat(insert(books.get(UuidV7.class).next())).isFalse();
    verifications().perform(1, first, () -> false);
    assertThat(insert(books.get(UuidV7.class).next())).isTrue();
  }

  private Verifications verifications() {
    return books.get(Verifications.class);
  }

  private UUID ask() {
    UUID id = books.get(UuidV7.class).next();
    assertThat(insert(id)).isTrue();
    return id;
  }

  private boolean insert(UUID id) {
    return books
        .transactions()
        .write(() -> books.get(VerificationStore.class).insert(1, id, "iris", NOW));
  }
}
