package io.countersign.server.seals;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.journal.Transaction;
import io.countersign.seal.CanonicalForm;
import io.countersign.seal.Ed25519;
import io.countersign.seal.LeafKind;
import io.countersign.seal.MerkleTree;
import io.countersign.seal.SealStatement;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.database.Home;
import io.countersign.server.journal.Watermark;
import io.countersign.server.journal.Watermarks;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealsTest {

  private final SealedBooks books = new SealedBooks();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void a_seal_covers_everything_up_to_its_watermark_and_chains_to_the_one_before() {
    Transaction first = books.transfer("bank", "a", 500);
    books.log("user.make");
    long through = books.seal();
    books.transfer("a", "b", 20);
    books.transfer("b", "a", 3);
    books.seal();

    List<SealRow> seals = books.seals();
    assertThat(seals).hasSize(2);
    SealStatement one = seals.getFirst().statement();
    SealStatement two = seals.getLast().statement();
    assertThat(one.fromSequence()).isEqualTo(1);
    assertThat(one.throughSequence()).isEqualTo(through).isGreaterThan(first.sequence());
    assertThat(one.transactions()).isEqualTo(1);
    assertThat(one.records()).isEqualTo(1);
    assertThat(one.previous()).isEqualTo(new byte[32]);
    assertThat(two.fromSequence()).isEqualTo(one.throughSequence() + 1);
    assertThat(two.transactions()).isEqualTo(2);
    assertThat(two.entries()).isEqualTo(4);
    assertThat(two.previous()).isEqualTo(one.hash());
    assertThat(two.recordsRoot()).isEqualTo(new MerkleTree().root());
    assertThat(Ed25519.verifies(two.publicKey(), two.canonical(), seals.getLast().signature()))
        .isTrue();
    assertThat(books.firstBroken()).isEmpty();
  }

  @Test
  void a_sealer_that_is_overtaken_by_one_with_an_older_watermark_seals_the_rest() throws Exception {
    Sealer sealer = books.get(Sealer.class);
    Watermarks watermarks = books.get(Watermarks.class);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 40; round++) {
        books.transfer("bank", "a", 1);
        long older = watermarks.take(1).sequence();
        books.transfer("bank", "a", 1);
        long newer = watermarks.take(1).sequence();
        Future<Integer> other =
            threads.submit(() -> sealer.sealThrough(SealedBooks.MAIN, older, () -> false));
        sealer.sealThrough(SealedBooks.MAIN, newer, () -> false);
        assertThat(books.get(Seals.class).reaching(SealedBooks.MAIN, newer))
            .as("round %d", round)
            .isPresent();
        other.get();
      }
    }
    assertThat(books.firstBroken()).isEmpty();
  }

  @Test
  void nothing_new_makes_no_seal() {
    assertThat(books.seal()).isPositive();
    assertThat(books.seals()).isEmpty();
    books.transfer("bank", "a", 1);
    books.seal();
    books.seal();
    assertThat(books.seals()).hasSize(1);
    assertThat(books.firstBroken()).isEmpty();
  }

  @Test
  void numbers_that_were_rolled_back_are_gaps_and_no_fault() {
    books.transfer("bank", "a", 1);
    try {
      books
          .transactions()
          .run(
              () -> {
                books.get(io.countersign.server.journal.Gate.class).enter();
                books
                    .database()
                    .jdbc()
                    .sql("SELECT nextval('journal.transaction_sequence')")
                    .query(Long.class)
                    .single();
                throw new IllegalStateException("rolled back");
              });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("rolled back");
    }
    Transaction last = books.transfer("bank", "a", 2);
    books.seal();
    assertThat(last.sequence()).isGreaterThan(2);
    assertThat(books.seals().getFirst().statement().transactions()).isEqualTo(2);
    assertThat(books.firstBroken()).isEmpty();
  }

  @Test
  void history_without_seals_is_sealed_in_bounded_pieces() {
    for (int i = 1; i <= 1_700; i++) {
      books.transfer("bank", "a", i);
    }
    for (int i = 0; i < 25; i++) {
      books.log("thing.change");
    }
    long watermark = books.get(Watermarks.class).take(1).sequence();
    int made =
        books
            .sealerOf(new Sealer.Piece(1_000, 10))
            .sealThrough(SealedBooks.MAIN, watermark, () -> false);
    List<SealStatement> seals = books.seals().stream().map(SealRow::statement).toList();
    assertThat(seals).hasSize(made);
    // A page is 500 transactions of two entries.
    assertThat(seals)
        .extracting(SealStatement::transactions)
        .containsExactly(500L, 500L, 500L, 200L);
    assertThat(seals).extracting(SealStatement::records).containsExactly(10L, 10L, 5L, 0L);
    assertThat(seals.getLast().throughSequence()).isEqualTo(watermark);
    assertThat(books.firstBroken()).isEmpty();
  }

  @Test
  void the_server_s_own_records_have_a_chain_of_their_own() {
    books
        .transactions()
        .run(
            () ->
                books
                    .get(io.countersign.server.audit.AuditLog.class)
                    .write(
                        0,
                        io.countersign.server.api.Caller.SYSTEM,
                        io.countersign.server.audit.AuditChange.made(
                            "user.make", "user", "dana", "dana")));
    books.seal();
    List<SealRow> own = books.get(SealStore.class).page(0, LedgerScope.SERVER.code(), 0, 10);
    assertThat(own).hasSize(1);
    assertThat(own.getFirst().statement().records()).isEqualTo(1);
    assertThat(books.seals()).isEmpty();
    assertThat(books.get(BooksCheck.class).firstBroken(LedgerScope.SERVER, () -> {}, intact -> {}))
        .isEmpty();
  }

  /// The key is what makes a seal worth more than a checksum.
  @Test
  void the_key_is_made_once_and_only_its_owner_reads_it() throws Exception {
    Home home = books.get(Home.class);
    SealKey key = books.get(SealKey.class);
    SealKey again = new SealKey(home, new SealsProperties(Duration.ofSeconds(1), null, List.of()));
    assertThat(again.publicKey()).isEqualTo(key.publicKey());
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("seal.key"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(home.resolve("seal.pub"))).startsWith("-----BEGIN PUBLIC KEY-----");
    byte[] message = CanonicalForm.of("test").toBytes();
    assertThat(Ed25519.verifies(key.publicKey(), message, key.sign(message))).isTrue();
  }

  /// Writers that commit late, or not at all, while seals are made all the time.
  @Test
  void no_record_of_a_slow_writer_is_missed_or_sealed_twice() throws Exception {
    AtomicBoolean writing = new AtomicBoolean(true);
    Set<String> committed = java.util.concurrent.ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        int name = writer;
        writers.add(threads.submit(() -> writeSlowly(name, committed)));
      }
      List<Future<?>> sealers = new ArrayList<>();
      for (int sealer = 0; sealer < 3; sealer++) {
        sealers.add(
            threads.submit(
                () -> {
                  while (writing.get()) {
                    books.seal();
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      writing.set(false);
      for (Future<?> sealer : sealers) {
        sealer.get();
      }
    }
    books.seal();

    List<UUID> sealed = new ArrayList<>();
    for (SealRow seal : books.seals()) {
      LeafList.of(books.get(SealStore.class).leaves(1, seal.statement().number()).orElseThrow())
          .leaves()
          .stream()
          .filter(leaf -> leaf.kind() == LeafKind.AUDIT_RECORD)
          .forEach(leaf -> sealed.add(leaf.id()));
    }
    assertThat(books.seals().size()).isGreaterThan(3);
    assertThat(new HashSet<>(sealed)).as("sealed twice").hasSameSizeAs(sealed);
    assertThat(sealed).hasSameSizeAs(committed).isNotEmpty();
    assertThat(
            books
                .database()
                .jdbc()
                .sql("SELECT count(*) FROM audit.record WHERE ledger_id = 1")
                .query(Integer.class)
                .single())
        .isEqualTo(sealed.size());
    assertThat(books.firstBroken()).isEmpty();
  }

  private void writeSlowly(int writer, Set<String> committed) {
    for (int i = 0; i < 25; i++) {
      String name = writer + "." + i;
      boolean fails = i % 5 == 4;
      try {
        books
            .transactions()
            .run(
                () -> {
                  books.write(name);
                  pause(ThreadLocalRandom.current().nextInt(40));
                  if (fails) {
                    throw new IllegalStateException("rolled back");
                  }
                });
        committed.add(name);
      } catch (IllegalStateException e) {
        assertThat(fails).isTrue();
      }
    }
  }

  @Test
  void servers_that_seal_at_once_while_others_append_make_one_chain() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int appender = 0; appender < 6; appender++) {
        all.add(
            threads.submit(
                () -> {
                  for (int i = 1; i <= 60; i++) {
                    books.transfer("bank", i % 2 == 0 ? "a" : "b", i);
                  }
                }));
      }
      for (int server = 0; server < 4; server++) {
        Sealer own = books.sealerOf(new Sealer.Piece(50, 5));
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 40; i++) {
                    long watermark =
                        books.get(Watermarks.class).newest(1).map(Watermark::sequence).orElse(0L);
                    own.sealThrough(SealedBooks.MAIN, watermark, () -> false);
                    if (i % 4 == 0) {
                      books.seal();
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    books.seal();
    assertThat(books.firstBroken()).isEmpty();
    assertThat(books.seals().stream().mapToLong(it -> it.statement().transactions()).sum())
        .isEqualTo(360);
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
