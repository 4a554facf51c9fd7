package io.countersign.demo;

import io.countersign.client.Books;
import io.countersign.client.LedgerClient;
import io.countersign.client.Query;
import io.countersign.client.Retries;
import io.countersign.model.identity.SessionRequest;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Fills an empty server with a month of business, through the API and nothing else.
///
/// Every call has a key of its own that is the same at every start, so a load that was interrupted
/// is simply run again. The last thing it makes tells a later start that all is there.
final class BooksLoader {

  private static final int CALLS_AT_ONCE = 16;
  private static final String LEDGER = "main";

  private final DemonstrationSettings settings;
  private final Clock clock;
  private final PrintStream out;

  BooksLoader(DemonstrationSettings settings, Clock clock, PrintStream out) {
    this.settings = settings;
    this.clock = clock;
    this.out = out;
  }

  void load() throws InterruptedException {
    try (LedgerClient integrator = signedIn("integrator", DemonstrationSettings.PASSWORD);
        LedgerClient operator = signedIn("operator", DemonstrationSettings.PASSWORD);
        LedgerClient administrator = signedIn("admin", settings.administrator())) {
      Books books = integrator.books(LEDGER);
      if (isComplete(books)) {
        out.println("  The books are there already.");
        return;
      }
      LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
      Month month = Month.before(today);
      MonthLoader monthLoader = new MonthLoader(books, month, this);
      monthLoader.loadChart();
      out.println(
          "  " + month.merchants().size() + " merchants, " + month.wallets().size() + " wallets");
      out.println("  " + monthLoader.loadMovements() + " movements of the last 30 days");
      PaymentsLoader payments = new PaymentsLoader(books, operator.books(LEDGER), month, this);
      PaymentsLoader.Charged charged = payments.charge();
      out.println("  " + charged.number() + " card payments of today, some of them unanswered");
      StatementsLoader statements =
          new StatementsLoader(administrator.books(LEDGER), operator.books(LEDGER), books, month);
      out.println("  " + statements.importMonth() + " bank statements with a few planted drifts");
      out.println("  " + statements.importRealFiles() + " real statement files");
      new ProposalsLoader(operator.books(LEDGER), books, month, charged.silent()).propose();
      out.println("  proposals that wait for the approver");
      monthLoader.markComplete();
    }
  }

  private static boolean isComplete(Books books) {
    return !books
        .journal()
        .list(Query.ALL.with("reference", Month.LAST_REFERENCE).page(1, null))
        .items()
        .isEmpty();
  }

  private LedgerClient signedIn(String username, String password) {
    LedgerClient client = new LedgerClient(settings.server(), Retries.PATIENT, clock);
    client.signIn(new SessionRequest(username, password, null));
    return client;
  }

  /// Makes independent calls side by side, a few at a time, and waits for all of them.
  void sideBySide(List<Runnable> calls) throws InterruptedException {
    Semaphore places = new Semaphore(CALLS_AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable call : calls) {
        running.add(
            threads.submit(
                () -> {
                  places.acquireUninterruptibly();
                  try {
                    call.run();
                  } finally {
                    places.release();
                  }
                }));
      }
      for (Future<?> call : running) {
        await(call);
      }
    }
  }

  private static void await(Future<?> call) throws InterruptedException {
    try {
      call.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("loading the demonstration books failed", e.getCause());
    }
  }
}
