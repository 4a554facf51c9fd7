package io.countersign.server.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sandbox acquirer: its entry point as a process, and a handle on one that runs in this
/// process.
public final class SandboxAcquirer implements AutoCloseable {

  private final FileChannel lock;
  private final AcquirerBooks books;
  private final WebhookSender webhooks;
  private final SandboxHttp http;

  private SandboxAcquirer(SandboxSettings settings, Clock clock) throws IOException {
    Files.createDirectories(settings.home());
    this.lock = locked(settings.home());
    this.books = new AcquirerBooks(settings.home().resolve("operations.jsonl"), clock);
    this.webhooks = new WebhookSender(new WebhookSigner(settings.webhookSecret()), clock, books);
    this.http = serving(settings);
    // Only now: whoever could not bind its port must not call anybody either.
    books.whenDecided(webhooks::schedule);
    books.decided().forEach(webhooks::schedule);
  }

  private SandboxHttp serving(SandboxSettings settings) throws IOException {
    try {
      return new SandboxHttp(settings, new ProviderApi(books), new Inspection(books));
    } catch (IOException e) {
      webhooks.close();
      books.close();
      lock.close();
      throw e;
    }
  }

  /// Two acquirers on one log would charge the same key twice.
  private static FileChannel locked(Path home) throws IOException {
    FileChannel channel =
        FileChannel.open(
            home.resolve("sandbox.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException heldHere) {
      // Refused below, like one held by another process.
    }
    channel.close();
    throw new IOException("another sandbox acquirer uses " + home);
  }

  /// Starts one in this process.
  ///
  /// @param environment as the process would get it: `SANDBOX_PORT`, `SANDBOX_HOME` and the rest
  /// @throws UncheckedIOException when its port or its folder is in use
  public static SandboxAcquirer start(Map<String, String> environment, Clock clock) {
    try {
      return new SandboxAcquirer(SandboxSettings.from(environment), clock);
    } catch (BindException e) {
      throw new UncheckedIOException(
          "port " + SandboxSettings.from(environment).port() + " is in use", e);
    } catch (IOException e) {
      throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
    }
  }

  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.close();
    webhooks.close();
    books.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the folder's lock", e);
    }
  }

  public static void main(String[] arguments) {
    try {
      Map<String, String> environment = System.getenv();
      SandboxAcquirer acquirer = start(environment, Clock.systemUTC());
      Runtime.getRuntime().addShutdownHook(new Thread(acquirer::close, "shutdown"));
      System.out.printf(
          "Sandbox acquirer at http://127.0.0.1:%d, its log in %s%n",
          acquirer.port(), SandboxSettings.from(environment).home());
    } catch (UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
      System.err.println("The sandbox acquirer cannot start: " + e.getMessage());
      System.exit(1);
    }
  }
}
