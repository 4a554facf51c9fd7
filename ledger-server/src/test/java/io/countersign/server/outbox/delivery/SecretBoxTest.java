package io.countersign.server.outbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.id.WebhookEndpointId;
import io.countersign.model.webhooks.WebhookDelivery;
import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.server.api.PageRequest;
import io.countersign.server.database.Home;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import io.countersign.webhook.WebhookSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {

  private static final EndpointKey SHOP = new EndpointKey(1, new WebhookEndpointId(new UUID(0, 1)));

  @TempDir Path folder;

  @Test
  void what_is_closed_opens_for_its_endpoint_under_its_key_alone() throws IOException {
    SecretBox box = SecretBox.at(Home.at(folder.resolve("a")), null);
    SecretBox other = SecretBox.at(Home.at(folder.resolve("b")), null);
    String closed = box.close(SHOP, "whsec_abc");
    assertThat(closed).doesNotContain("abc").isNotEqualTo(box.close(SHOP, "whsec_abc"));
    assertThat(box.open(SHOP, closed)).contains("whsec_abc");
    assertThat(SecretBox.at(Home.at(folder.resolve("a")), null).open(SHOP, closed))
        .contains("whsec_abc");
    assertThat(other.open(SHOP, closed)).isEmpty();
    assertThat(box.open(new EndpointKey(2, SHOP.id()), closed)).isEmpty();
    assertThat(box.open(new EndpointKey(1, new WebhookEndpointId(new UUID(0, 2))), closed))
        .isEmpty();
    // Servers of one database share the file.
    Path shared = folder.resolve("a").resolve("webhooks.key");
    assertThat(SecretBox.at(Home.at(folder.resolve("c")), shared).open(SHOP, closed))
        .contains("whsec_abc");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_file_that_holds_no_key_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("webhooks.key"), "not a key");
    Home home = Home.at(folder);
    assertThatThrownBy(() -> SecretBox.at(home, null)).hasMessageContaining(file.toString());
  }

  @Test
  void a_start_closes_what_an_earlier_version_stored_and_it_signs_on() {
    TestClock clock = new TestClock(Instant.parse("2026-11-25T12:00:00Z"));
    SecretBox box = SecretBox.at(Home.at(folder), null);
    try (TestDatabase database = TestPostgres.fresh();
        Receiver receiver = new Receiver();
        Deliverer server = new Deliverer(database, clock, box)) {
      WebhookEndpoint endpoint = server.endpoint(receiver, "*");
      String old = String.valueOf(endpoint.secret());
      String fresh = server.rotate(endpoint);
      assertThat(stored(database)).startsWith("aes1:").contains(" aes1:");
      database
          .jdbc()
          .sql("UPDATE outbox.endpoint SET secret = :fresh, previous_secret = :old")
          .param("fresh", fresh)
          .param("old", old)
          .update();

      new SecretsAtStart(server.endpointStore, box, server.transactions)
          .afterSingletonsInstantiated();

      assertThat(stored(database)).startsWith("aes1:").contains(" aes1:");
      server.tell("payment.created", "pay_a");
      server.drain(endpoint);
      Receiver.Call call = receiver.calls.getFirst();
      for (String secret : new String[] {old, fresh}) {
        assertThat(genuine(call, secret, clock)).isTrue();
      }
    }
  }

  @Test
  void a_server_with_another_key_delivers_nothing_and_says_why_until_the_secret_is_rotated() {
    TestClock clock = new TestClock(Instant.parse("2026-11-25T12:00:00Z"));
    try (TestDatabase database = TestPostgres.fresh();
        Receiver receiver = new Receiver();
        Deliverer first =
            new Deliverer(database, clock, SecretBox.at(Home.at(folder.resolve("a")), null));
        Deliverer second =
            new Deliverer(database, clock, SecretBox.at(Home.at(folder.resolve("b")), null))) {
      WebhookEndpoint endpoint = first.endpoint(receiver, "*");
      first.tell("payment.created", "pay_a");
      second.drain(endpoint);
      assertThat(receiver.calls).isEmpty();
      WebhookDelivery delivery =
          second
              .endpoints
              .deliveries(Deliverer.MAIN, endpoint.id(), null, new PageRequest(1, null))
              .items()
              .getFirst();
      assertThat(delivery.lastError()).contains("another server's key");

      String fresh = second.rotate(endpoint);
      clock.advance(Duration.ofMinutes(1));
      second.drain(endpoint);
      Receiver.Call call = receiver.calls.getFirst();
      assertThat(genuine(call, fresh, clock)).isTrue();
    }
  }

  private static boolean genuine(Receiver.Call call, String secret, TestClock clock) {
    return WebhookSignature.of(secret)
        .isGenuine(
            call.id(),
            call.headers().get("webhook-timestamp"),
            call.headers().get("webhook-signature"),
            call.body(),
            clock);
  }

  private static String stored(TestDatabase database) {
    return database
        .jdbc()
        .sql("SELECT secret || ' ' || previous_secret FROM outbox.endpoint")
        .query(String.class)
        .single();
  }
}
