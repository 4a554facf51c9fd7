package io.countersign.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.api.Role;
import io.countersign.server.security.EndpointCheck.Endpoint;
import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

@ServerTest
class EndpointRightsTest {

  private final EndpointCheck check;
  private final TestApi api;

  EndpointRightsTest(@Autowired EndpointCheck check, @Value("${local.server.port}") int port) {
    this.check = check;
    this.api = TestApi.at(port);
  }

  @Test
  void every_endpoint_has_a_row() {
    assertThat(endpoints())
        .isNotEmpty()
        .allMatch(it -> EndpointRights.of(it.method(), it.path()).isPresent());
  }

  @Test
  void without_a_credential_nothing_but_the_public_is_reached() {
    SoftAssertions softly = new SoftAssertions();
    for (Endpoint endpoint : endpoints()) {
      int status = call(api.anonymous(), endpoint);
      boolean open = access(endpoint) instanceof Access.Everyone;
      softly.assertThat(status == 401).as(endpoint + " gave " + status).isEqualTo(!open);
    }
    softly.assertAll();
  }

  @Test
  void each_role_reaches_just_what_the_table_says() {
    SoftAssertions softly = new SoftAssertions();
    for (Endpoint endpoint : endpoints()) {
      for (Role role : Role.values()) {
        int status = call(api.as(role.name().toLowerCase(Locale.ROOT)), endpoint);
        boolean forbidden =
            access(endpoint) instanceof Access.Holders holders && !holders.roles().contains(role);
        softly
            .assertThat(status == 403)
            .as(role + " at " + endpoint + " gave " + status)
            .isEqualTo(forbidden);
        softly.assertThat(status).as(role + " at " + endpoint).isLessThan(500);
      }
    }
    softly.assertAll();
  }

  @Test
  void a_ledger_one_does_not_see_is_not_there() {
    api.as("admin")
        .post("/v1/ledgers", "{\"code\": \"unseen\", \"name\": \"U\", \"timeZone\": \"UTC\"}");
    SoftAssertions softly = new SoftAssertions();
    for (Endpoint endpoint : endpoints()) {
      if (endpoint.path().contains("{ledger}") && !(access(endpoint) instanceof Access.Everyone)) {
        int status = call(api.as("integrator"), inLedger(endpoint, "unseen"));
        softly.assertThat(status).as(endpoint.toString()).isEqualTo(404);
      }
    }
    softly.assertAll();
  }

  // Without key and body nothing is executed: whoever passes the rights is refused later.
  private static int call(TestApi.Calls calls, Endpoint endpoint) {
    String path = inLedger(endpoint, "main").path().replaceAll("\\{[a-z]+}", "00000000");
    String method = "*".equals(endpoint.method()) ? "GET" : endpoint.method();
    if ("DELETE".equals(method) && path.equals("/v1/sessions/current")) {
      // The session that these calls share must live on.
      return calls.send("OPTIONS", path, BodyPublishers.noBody()).status() == 401 ? 401 : 200;
    }
    return calls.withoutKey().send(method, path, BodyPublishers.noBody()).status();
  }

  private static Endpoint inLedger(Endpoint endpoint, String ledger) {
    return new Endpoint(endpoint.method(), endpoint.path().replace("{ledger}", ledger));
  }

  private Set<Endpoint> endpoints() {
    return check.endpoints().stream().collect(Collectors.toSet());
  }

  private static Access access(Endpoint endpoint) {
    return EndpointRights.of(endpoint.method(), endpoint.path()).orElseThrow();
  }
}
