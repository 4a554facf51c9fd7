package io.countersign.server.payments.provider;

import com.stripe.Stripe;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Carries the requests of Stripe's library. The library's own transport bounds each read and not
/// the whole call, so that an answer which drips would outlast the deadline.
///
/// The read timeout of a request is the deadline of the call with all its sends: again under the
/// same idempotency key at 409 (the key is in use), at 429 and at 5xx.
final class StripeTransport extends HttpClient implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PatientHttp http = new PatientHttp(status -> status == 409 || status == 429);

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    Duration deadline = Duration.ofMillis(request.options().getReadTimeout());
    Attempt last = http.send(converted(request), deadline).last();
    if (last instanceof Attempt.Answered answered && isOfStripe(answered)) {
      return new StripeResponse(
          answered.status(), HttpHeaders.of(answered.headers().map()), answered.body());
    }
    throw new ApiConnectionException(last.why());
  }

  private static HttpRequest converted(StripeRequest request) {
    HttpContent content = request.content();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(java.net.URI.create(request.url().toString()))
            .header("User-Agent", "Countersign Stripe/v1 JavaBindings/" + Stripe.VERSION)
            .method(
                request.method().name(),
                content == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(content.byteArrayContent()));
    if (content != null) {
      builder.header("Content-Type", content.contentType());
    }
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    return builder.build();
  }

  /// Whatever stands between us and Stripe answers too; only what bears Stripe's form counts.
  private static boolean isOfStripe(Attempt.Answered answered) {
    boolean signed =
        answered.contentType().startsWith("application/json")
            && answered.headers().firstValue("Request-Id").isPresent();
    if (!signed) {
      return false;
    }
    try {
      JsonNode body = JSON.readTree(answered.body());
      boolean success = answered.status() >= 200 && answered.status() < 300;
      return success ? body.path("object").isString() : body.path("error").path("type").isString();
    } catch (JacksonException unreadable) {
      return false;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
