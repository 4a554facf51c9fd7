package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;
import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.countersign.server.api.Answer;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.ProblemException;
import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import io.countersign.server.database.Pool;
import io.countersign.server.idempotency.IdempotencyFixture;
import io.countersign.server.testing.CommitFaults;
import io.countersign.server.testing.CommitFaults.Fault;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;

/// Commits that are refused, and commits that nobody answers.
class CommitFaultsTest {

  /// The two ways into the journal, which learn a lost commit each in its own place.
  enum Way {
    GROUP_COMMIT {
      @Override
      ResponseEntity<byte[]> post(JournalFixture books, KeyedRequest request) {
        return books.group.append(MAIN, request, draft());
      }
    },
    OWN_TRANSACTION {
      @Override
      ResponseEntity<byte[]> post(JournalFixture books, KeyedRequest request) {
        return books.keys.idempotency.execute(
            request,
            books.gate.entering(),
            () -> Answer.created(books.journal.append(MAIN, draft()).orThrow()));
      }
    };

    abstract ResponseEntity<byte[]> post(JournalFixture books, KeyedRequest request);

    static TransactionDraft draft() {
      return transfer("wallet:1", "wallet:2", 1);
    }
  }

  private static final int SEED = 20_261_124;
  private static final int CALLERS = 16;
  private static final int CALLS_EACH = 25;
  private static final long FUNDS = 10_000;
  private static final Duration EVERY_ANSWER_WITHIN = Duration.ofSeconds(10);

  private static final String WAITING_FOR_THE_GATE =
      "SELECT count(*) FROM pg_locks WHERE relation = 'journal.gate'::regclass AND NOT granted";

  // What breaks here is broken on purpose, hundreds of times.
  private static final List<String> LOUD =
      List.of(
          "com.zaxxer.hikari.pool",
          "org.springframework.jdbc.support.JdbcTransactionManager",
          "org.springframework.transaction.support.TransactionTemplate");

  private CommitFaults faults;
  private TestDatabase direct;
  private TestDatabase database;
  private JournalFixture books;

  @BeforeAll
  static void hush() {
    LOUD.forEach(name -> logger(name).setLevel(Level.OFF));
  }

  @AfterAll
  static void speak() {
    LOUD.forEach(name -> logger(name).setLevel(null));
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  @BeforeEach
  void open() throws Exception {
    direct = TestPostgres.fresh();
    int port = URI.create(direct.url().substring("jdbc:".length())).getPort();
    faults = CommitFaults.before(port);
    Credentials application = direct.applicationCredentials();
    Database proxied =
        new Database(faults.instead(direct.url()), application, direct.ownerCredentials());
    database = new TestDatabase(proxied, Pool.open(proxied, 32));
    books = new JournalFixture(database);
    books.wallet("wallet:1");
    books.wallet("wallet:2");
    books.fund("wallet:1", FUNDS);
  }

  @AfterEach
  void close() throws Exception {
    database.close();
    faults.close();
    direct.close();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void faults_at_every_fifth_commit_double_nothing_and_lose_nothing(Way way) throws Exception {
    faults.inject(SEED, 10, 5, 5);
    List<Callable<List<String>>> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      int first = caller * CALLS_EACH;
      callers.add(() -> answers(way, first));
    }
    List<String> answers = new ArrayList<>();
    JournalRaceTest.atOnce(callers).forEach(answers::addAll);
    faults.rest();
    assertThat(answers).hasSize(CALLERS * CALLS_EACH).doesNotHaveDuplicates();
    assertThat(books.posted("wallet:2")).isEqualTo(CALLERS * CALLS_EACH);
    assertThat(books.available("wallet:1")).isEqualTo(FUNDS - CALLERS * CALLS_EACH);
    for (Fault fault :
        List.of(Fault.NONE, Fault.REFUSED, Fault.DEADLOCK, Fault.CUT_BEFORE, Fault.CUT_AFTER)) {
      assertThat(faults.count(fault)).as("%s", fault).isPositive();
    }
    List<String> again = new ArrayList<>();
    for (int call = 0; call < answers.size(); call++) {
      again.add(text(way.post(books, request(call))));
    }
    Collections.sort(again);
    Collections.sort(answers);
    assertThat(again).isEqualTo(answers);
  }

  // What a client does: again with the same key, for as long as it does not know.
  private List<String> answers(Way way, int first) throws Exception {
    Random random = new Random(first);
    List<String> answers = new ArrayList<>();
    for (int call = first; call < first + CALLS_EACH; call++) {
      String answer = null;
      while (answer == null) {
        try {
          answer = text(way.post(books, request(call)));
        } catch (ProblemException problem) {
          assertThat(problem.problem().slug()).isIn("outcome-unknown", "unavailable");
          TimeUnit.MILLISECONDS.sleep(random.nextInt(50));
        }
      }
      answers.add(answer);
    }
    return answers;
  }

  @ParameterizedTest
  @CsvSource({
    "GROUP_COMMIT, REFUSED",
    "GROUP_COMMIT, DEADLOCK",
    "OWN_TRANSACTION, REFUSED",
    "OWN_TRANSACTION, DEADLOCK"
  })
  void refused_commits_are_run_again_and_no_caller_hears_of_it(Way way, Fault fault) {
    AtomicInteger left = new AtomicInteger(5);
    faults.inject(() -> left.getAndDecrement() > 0 ? fault : Fault.NONE);
    ResponseEntity<byte[]> answer = way.post(books, request(1));
    assertThat(answer.getStatusCode().value()).isEqualTo(201);
    assertThat(faults.count(fault)).isEqualTo(5);
    assertThat(books.posted("wallet:2")).isEqualTo(1);
  }

  // Ours never wait for each other in a circle, for all lock in one order; somebody with a session
  // of their own may.
  @Test
  void a_real_deadlock_is_run_again_and_no_caller_hears_of_it() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    List<Future<?>> closing = new ArrayList<>();
    try (Connection stranger = TestPostgres.superuserOf(direct.database()).getConnection();
        Statement session = stranger.createStatement();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      stranger.setAutoCommit(false);
      // PostgreSQL ends the one that notices first.
      session.execute("SET deadlock_timeout = '60s'");
      session.execute("SELECT FROM accounts.account WHERE code = 'wallet:1' FOR UPDATE");
      ResponseEntity<byte[]> answer =
          books.keys.idempotency.execute(
              request(1),
              books.gate.entering(),
              () -> {
                if (runs.getAndIncrement() == 0) {
                  closing.add(closeGate(threads, stranger, session));
                }
                return Answer.created(books.journal.append(MAIN, Way.draft()).orThrow());
              });
      assertThat(answer.getStatusCode().value()).isEqualTo(201);
      closing.getFirst().get(20, TimeUnit.SECONDS);
    }
    assertThat(runs).hasValue(2);
    assertThat(books.posted("wallet:2")).isEqualTo(1);
  }

  /// Waits for the gate, which we have entered, and goes as soon as it is had; returns when it
  /// waits.
  private Future<?> closeGate(ExecutorService threads, Connection stranger, Statement session) {
    Future<?> closing =
        threads.submit(
            () -> {
              session.execute("LOCK TABLE journal.gate IN EXCLUSIVE MODE");
              stranger.rollback();
              return null;
            });
    JdbcClient onlooker = direct.jdbc();
    while (onlooker.sql(WAITING_FOR_THE_GATE).query(Integer.class).single() == 0) {
      Thread.onSpinWait();
    }
    return closing;
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_commit_that_is_late_is_waited_for_and_its_answer_is_the_answer(Way way) {
    faults.lateBy(600);
    for (int race = 0; race < 5; race++) {
      faults.inject(once(Fault.CUT_AFTER));
      ResponseEntity<byte[]> answer = way.post(books, request(race));
      assertThat(answer.getStatusCode().value()).isEqualTo(201);
      assertThat(books.posted("wallet:2")).isEqualTo(race + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"GROUP_COMMIT, CUT_AFTER", "OWN_TRANSACTION, CUT_BEFORE"})
  void what_cannot_be_learned_in_time_is_unknown_and_is_learned_later(Way way, Fault fault)
      throws Exception {
    faults.lateBy(50);
    faults.inject(
        () -> {
          faults.away(true);
          return fault;
        });
    assertThat(problemInTime(way, request(1))).isEqualTo("outcome-unknown");
    faults.rest();
    faults.away(false);
    assertThat(learned(way, request(1)).getStatusCode().value()).isEqualTo(201);
    assertThat(books.posted("wallet:2")).isEqualTo(1);
  }

  private String problemInTime(Way way, KeyedRequest request) {
    Instant start = Instant.now();
    String problem = problem(way, request);
    return Duration.between(start, Instant.now()).compareTo(EVERY_ANSWER_WITHIN) < 0
        ? problem
        : problem + ", too late";
  }

  @Test
  void a_connection_lost_before_the_commit_is_nobodys_failure() {
    AtomicInteger runs = new AtomicInteger();
    ResponseEntity<byte[]> answer =
        books.keys.idempotency.execute(
            request(1),
            books.gate.entering(),
            () -> {
              if (runs.getAndIncrement() == 0) {
                faults.away(true);
                faults.away(false);
              }
              return Answer.created(books.journal.append(MAIN, Way.draft()).orThrow());
            });
    assertThat(answer.getStatusCode().value()).isEqualTo(201);
    assertThat(runs).hasValue(2);
    assertThat(books.posted("wallet:2")).isEqualTo(1);
  }

  private ResponseEntity<byte[]> learned(Way way, KeyedRequest request) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        return way.post(books, request);
      } catch (ProblemException notYet) {
        assertThat(notYet.problem().status()).isIn(503, 409);
      } catch (CannotCreateTransactionException notYet) {
        // Over HTTP this is 503 `unavailable`: the pool looks for PostgreSQL at growing intervals.
      }
      assertThat(attempt).isLessThan(30);
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private String problem(Way way, KeyedRequest request) {
    try {
      return "answered " + text(way.post(books, request));
    } catch (ProblemException problem) {
      return problem.problem().slug();
    } catch (CannotCreateTransactionException down) {
      // What the API answers 503 to.
      return "unavailable";
    }
  }

  @Test
  void whoever_comes_while_the_database_is_away_is_told_in_time() throws Exception {
    faults.away(true);
    List<Callable<String>> callers = new ArrayList<>();
    for (Way way : Way.values()) {
      callers.add(() -> problemInTime(way, request(1)));
    }
    assertThat(JournalRaceTest.atOnce(callers)).containsOnly("unavailable");
    faults.away(false);
    assertThat(Way.GROUP_COMMIT.post(books, request(1)).getStatusCode().value()).isEqualTo(201);
    assertThat(books.posted("wallet:2")).isEqualTo(1);
  }

  private static Supplier<Fault> once(Fault fault) {
    AtomicInteger commits = new AtomicInteger();
    return () -> commits.getAndIncrement() == 0 ? fault : Fault.NONE;
  }

  private static KeyedRequest request(int call) {
    return IdempotencyFixture.request("call-" + call, call);
  }

  private static String text(ResponseEntity<byte[]> answer) {
    byte[] body = java.util.Objects.requireNonNull(answer.getBody());
    return new String(body, java.nio.charset.StandardCharsets.UTF_8);
  }
}
