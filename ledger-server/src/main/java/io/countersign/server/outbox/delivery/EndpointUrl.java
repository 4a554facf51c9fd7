package io.countersign.server.outbox.delivery;

import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.Problem;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What may be registered as the URL of an endpoint.
final class EndpointUrl {

  private static final int LONGEST = 2_048;
  private static final int PORT_MAX = 65_535;
  private static final long LOOK_UP_MILLIS = 2_000;

  private EndpointUrl() {}

  /// Adds what is wrong with the form of the URL.
  static void check(FieldChecks checks, @Nullable String url, NetworkRules rules) {
    checks.text("url", url, LONGEST);
    if (url == null || url.isBlank() || url.length() > LONGEST) {
      return;
    }
    Optional<URI> parsed = parse(url);
    if (parsed.isEmpty()) {
      checks.that(false, "url", "must be an absolute URL with a host, in ASCII");
      return;
    }
    URI uri = parsed.get();
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    checks
        .that(
            scheme.equals("https") || (rules.allowsHttp() && scheme.equals("http")),
            "url",
            rules.allowsHttp() ? "must begin with https:// or http://" : "must begin with https://")
        .that(uri.getRawUserInfo() == null, "url", "must not contain a user or a password")
        .that(uri.getRawFragment() == null, "url", "must not contain a fragment (#)")
        .that(uri.getPort() <= PORT_MAX && uri.getPort() != 0, "url", "has an impossible port");
  }

  private static Optional<URI> parse(String url) {
    try {
      URI uri = new URI(url).parseServerAuthority();
      boolean whole = uri.getScheme() != null && uri.getHost() != null;
      return whole && url.chars().allMatch(c -> c > ' ' && c < '\u007f')
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /// Why the host may not be called, if its name leads where no endpoint may be. Looks the name up,
  /// so no database transaction is open here. A name that is not found is let pass: it is looked up
  /// and checked anew at each call, since who owns a name may change where it leads.
  static Optional<Problem> refusal(String url, NetworkRules rules) {
    String host = URI.create(url).getHost();
    if (rules == NetworkRules.ANY) {
      return Optional.empty();
    }
    CompletableFuture<Boolean> allowed =
        CompletableFuture.supplyAsync(() -> allows(host, rules), Thread::startVirtualThread);
    try {
      return allowed.get(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)
          ? Optional.empty()
          : Optional.of(refused(host));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean allows(String host, NetworkRules rules) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(rules::allow);
    } catch (UnknownHostException e) {
      return true;
    }
  }

  private static Problem refused(String host) {
    return Problem.of(
            "address-not-allowed",
            422,
            "'"
                + host
                + "' leads into a private, local or reserved network, which this server does not"
                + " call. Use a public https address, or let an administrator set"
                + " countersign.webhooks.allow-private-networks.")
        .withError("url", "leads into a network that is not called");
  }
}
