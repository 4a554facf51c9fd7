package io.countersign.server.outbox.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The call itself, once: no retry, no redirect, no cookie. It connects to the address that was
/// checked and to none else, and its time covers everything from the look-up of the name on.
///
/// Apache's client, because it takes the addresses to connect to from whoever checks them; the
/// JDK's looks the name up by itself, and a name that leads elsewhere the second time is what this
/// is to hold off.
final class EndpointHttp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointHttp.class);
  private static final int CONNECTIONS_PER_ROUTE = 64;
  private static final int CONNECTIONS_MAX = 2_000;
  private static final TimeValue CONNECTION_LIFE = TimeValue.ofMinutes(1);
  // An answer's body is of no interest; one that is short is read so that its connection serves on.
  private static final int BODY_READ_MAX = 16 * 1024;
  private static final int SECONDS_DIGITS_MAX = 6;

  /// A name or an address that may not be called.
  private static final class NotAllowed extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    NotAllowed(String host) {
      super("'" + host + "' leads into a private, local or reserved network");
    }
  }

  private final CloseableHttpClient client;
  private final Duration timeout;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  EndpointHttp(NetworkRules rules, Duration timeout) {
    this(rules, timeout, SystemDefaultDnsResolver.INSTANCE);
  }

  /// @param names looks names up
  EndpointHttp(NetworkRules rules, Duration timeout, DnsResolver names) {
    this.timeout = timeout;
    Timeout each = Timeout.of(timeout);
    HttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(checked(names, rules))
            .setMaxConnPerRoute(CONNECTIONS_PER_ROUTE)
            .setMaxConnTotal(CONNECTIONS_MAX)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(each)
                    .setSocketTimeout(each)
                    .setTimeToLive(CONNECTION_LIFE)
                    .build())
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setRedirectsEnabled(false)
                    .setConnectionRequestTimeout(each)
                    .setResponseTimeout(each)
                    .build())
            .setUserAgent("Countersign")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .evictExpiredConnections()
            .build();
  }

  // One bad address spoils the name: who owns it does not mean well.
  private static DnsResolver checked(DnsResolver names, NetworkRules rules) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
          if (!rules.allow(address)) {
            throw new NotAllowed(host);
          }
        }
        return addresses;
      }

      @Override
      public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
      }
    };
  }

  /// Sends a JSON body; answers within the call timeout, whatever the other side does.
  Outcome post(URI url, Map<String, String> headers, byte[] body) {
    HttpPost request = new HttpPost(url);
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    Future<Outcome> call = threads.submit(() -> send(url, request));
    try {
      return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Outcome.Failed.unanswered("no answer within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.Failed.unanswered("the server was stopped during the call");
    } catch (ExecutionException e) {
      return Outcome.Failed.unanswered(why(e.getCause()));
    } finally {
      request.cancel();
      call.cancel(true);
    }
  }

  private Outcome send(URI url, HttpPost request) throws IOException {
    try (ClassicHttpResponse response = client.executeOpen(HttpHost.create(url), request, null)) {
      Outcome outcome = outcome(response);
      skip(response.getEntity());
      return outcome;
    }
  }

  private static Outcome outcome(ClassicHttpResponse response) {
    int status = response.getCode();
    if (status >= 200 && status < 300) {
      return new Outcome.Accepted(status);
    }
    if (status == 410) {
      return new Outcome.Gone();
    }
    String why =
        status >= 300 && status < 400
            ? "answered " + status + "; redirects are not followed"
            : "answered " + status;
    return new Outcome.Failed(status, why, askedFor(response.getFirstHeader("Retry-After")));
  }

  private static Duration askedFor(@Nullable Header retryAfter) {
    String seconds = retryAfter == null ? "" : String.valueOf(retryAfter.getValue()).strip();
    return seconds.matches("[0-9]{1," + SECONDS_DIGITS_MAX + "}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }

  // What is not read to its end here is cut off when the response is closed. The outcome is known,
  // so a body that breaks off changes nothing.
  private static void skip(@Nullable HttpEntity body) {
    if (body == null) {
      return;
    }
    try {
      InputStream content = body.getContent();
      content.readNBytes(BODY_READ_MAX);
      content.read();
    } catch (IOException e) {
      // As said.
    }
  }

  private static String why(@Nullable Throwable failure) {
    return switch (failure) {
      case NotAllowed refused -> String.valueOf(refused.getMessage());
      case UnknownHostException _ -> "the host name was not found";
      case ConnectTimeoutException _ -> "no connection in time";
      case ConnectException _ -> "the connection was refused";
      case SocketTimeoutException _ -> "no answer in time";
      case SSLException tls -> "TLS failed: " + tls.getMessage();
      case IOException broken -> "the connection broke: " + broken.getMessage();
      case null, default -> {
        // It is tried again and given up like any other, so that one oddity cannot go on for ever.
        LOG.warn("a call to an endpoint failed oddly", failure);
        yield "the call failed: " + failure;
      }
    };
  }

  @Override
  public void close() throws IOException {
    client.close();
    threads.shutdownNow();
  }
}
