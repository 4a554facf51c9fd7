package io.countersign.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Starts the sandbox acquirer and the server, fills the books and opens the console. Ends, with
/// all of it, at Ctrl-C or when the build that started it ends.
public final class Demonstration {

  private static final Duration START_MAX = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final PrintStream out;
  private final Clock clock;
  private final DemonstrationSettings settings;
  private final List<Part> parts = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  private Demonstration(PrintStream out, Clock clock, DemonstrationSettings settings) {
    this.out = out;
    this.clock = clock;
    this.settings = settings;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Demonstration demonstration =
        new Demonstration(
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            Clock.systemUTC(),
            DemonstrationSettings.from(System.getenv()));
    Runtime.getRuntime().addShutdownHook(new Thread(demonstration::stop, "stop"));
    Thread.ofVirtual().start(Demonstration::endWithTheBuild);
    try {
      demonstration.run();
    } catch (CannotStart e) {
      // What the person in front of it can mend is said in words, without a stack trace.
      demonstration.out.println();
      demonstration.out.println("  It did not start: " + e.getMessage() + ".");
      demonstration.out.println();
      System.exit(1);
    }
  }

  private static final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStart(String why) {
      super(why);
    }
  }

  // A build that is killed does not pass the signal on.
  private static void endWithTheBuild() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            build -> {
              build.onExit().join();
              Runtime.getRuntime().exit(0);
            });
  }

  private void run() throws IOException, InterruptedException {
    startSandbox();
    startServer();
    out.println("Filling the demonstration books through the API (only what is missing) …");
    new BooksLoader(settings, clock, out).load();
    printWelcome();
    openConsole();
    new CountDownLatch(1).await();
  }

  private void startSandbox() throws IOException, InterruptedException {
    URI health = settings.sandbox().resolve("/sandbox/health");
    if (answers(health)) {
      out.println("The sandbox acquirer is running already at " + settings.sandbox());
      return;
    }
    requireFree(settings.sandbox(), "SANDBOX_PORT");
    out.println("Starting the sandbox acquirer …");
    start(
        "sandbox",
        Map.of(
            "SANDBOX_PORT",
            "" + settings.sandbox().getPort(),
            "SANDBOX_HOME",
            settings.home().resolve("sandbox").toString()),
        List.of("-Xmx256m"),
        "io.countersign.server.sandbox.SandboxAcquirer",
        health);
  }

  private void startServer() throws IOException, InterruptedException {
    URI health = settings.server().resolve("/actuator/health");
    if (answers(health)) {
      throw new CannotStart(
          "port "
              + settings.server().getPort()
              + " is taken by a running server; stop it, or set SERVER_PORT to another port");
    }
    requireFree(settings.server(), "SERVER_PORT");
    out.println("Starting the server on its own PostgreSQL …");
    start(
        "server",
        Map.of(
            "COUNTERSIGN_HOME",
            settings.home().toString(),
            "COUNTERSIGN_DEMO",
            "true",
            "COUNTERSIGN_SANDBOX_URL",
            settings.sandbox().toString(),
            "SERVER_PORT",
            "" + settings.server().getPort()),
        List.of("-Xmx1g", "-XX:TieredStopAtLevel=4", "-Xshare:auto"),
        "io.countersign.server.LedgerServer",
        health);
  }

  private void start(
      String name, Map<String, String> environment, List<String> options, String main, URI health)
      throws IOException, InterruptedException {
    Part part = Part.start(name, settings.home().resolve("logs"), environment, options, main);
    parts.add(part);
    for (Duration waited = Duration.ZERO;
        waited.compareTo(START_MAX) < 0;
        waited = waited.plus(LOOK_EVERY)) {
      if (answers(health)) {
        return;
      }
      if (!part.isAlive()) {
        throw new CannotStart(part.complaint());
      }
      Thread.sleep(LOOK_EVERY);
    }
    throw new CannotStart("the " + name + " did not answer at " + health + " in time");
  }

  private static void requireFree(URI address, String variable) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(address.getHost(), address.getPort()));
    } catch (IOException taken) {
      throw new CannotStart(
          "port "
              + address.getPort()
              + " is taken by another program; set "
              + variable
              + " to another port");
    }
  }

  private boolean answers(URI health) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(2)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void openConsole() throws IOException {
    if (!settings.hasDisplay()) {
      out.println("There is no display here, so the console stays closed; the server goes on.");
      out.println("Press Ctrl-C to stop everything.");
      return;
    }
    Part console =
        Part.start(
            "console",
            settings.home().resolve("logs"),
            Map.of(
                "COUNTERSIGN_SERVER",
                settings.server().toString(),
                "COUNTERSIGN_USER",
                "operator",
                "COUNTERSIGN_HOME",
                settings.home().toString()),
            List.of(),
            "io.countersign.console.Launcher");
    parts.add(console);
    out.println("The console is open. Press Ctrl-C here to stop everything.");
  }

  private void printWelcome() {
    out.println();
    out.println("  Server            " + settings.server());
    out.println("  API, to browse    " + settings.server().resolve("/docs"));
    out.println("  Sandbox acquirer  " + settings.sandbox());
    out.println("  Data and logs     " + settings.home());
    out.println();
    out.println(
        "  Sign in as operator, approver, auditor or integrator: "
            + DemonstrationSettings.PASSWORD);
    out.println("  Sign in as admin: " + settings.administratorHint());
    out.println();
  }

  // In the reverse order of starting: nobody loses what they depend on while they finish.
  private void stop() {
    parts.reversed().forEach(Part::stop);
  }
}
