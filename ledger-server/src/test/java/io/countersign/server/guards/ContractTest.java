package io.countersign.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The written contract, the generated one and the running server say the same.
@ServerTest
class ContractTest {

  /// Named by the contract in prose: "`GET`, `PATCH`, `POST …/revoke`" and the like.
  private static final Set<Endpoint> IN_PROSE =
      Stream.of(
              "POST /v1/users",
              "GET /v1/users",
              "PATCH /v1/users/{username}",
              "POST /v1/users/{username}/revoke",
              "POST /v1/api-keys",
              "GET /v1/api-keys",
              "PATCH /v1/api-keys/{id}",
              "POST /v1/api-keys/{id}/revoke",
              "GET /v1/approvals",
              "GET /v1/ledgers/{ledger}/webhook-endpoints",
              "DELETE /v1/ledgers/{ledger}/webhook-endpoints/{id}",
              "POST /v1/ledgers",
              "GET /v1/ledgers")
          .map(Endpoint::parse)
          .collect(Collectors.toSet());

  private static final Path NOT_YET = Path.of("src/test/resources/contract/not-yet.txt");

  @Value("${local.server.port}")
  int port;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mapping;

  @Test
  void every_endpoint_of_the_server_is_in_the_generated_document() throws Exception {
    assertThat(served()).isNotEmpty();
    assertThat(generated()).containsAll(served());
  }

  @Test
  void every_endpoint_of_the_contract_is_there_or_is_known_to_be_missing() throws Exception {
    assertThat(generated()).containsAll(minus(contract(), notYet()));
  }

  @Test
  void what_is_said_to_be_missing_is_in_the_contract_and_is_missing() throws Exception {
    assertThat(contract()).as("only what the contract names can be missing").containsAll(notYet());
    NavigableSet<Endpoint> there = notYet();
    there.retainAll(generated());
    assertThat(there).as("these exist by now: take them out of " + NOT_YET).isEmpty();
  }

  @Test
  void the_shorthand_of_the_contract_is_read_as_it_is_meant() {
    String page =
        """

        ## 3. People
        `POST L/accounts/{code}/freeze|close` (`{reason}`) · `GET L/accounts?prefix=&type=`
        `POST L/approvals/{id}/approve {contentHash, comment?}` · `/reject {reason}`
        `GET L/hooks/{id}/deliveries` · `POST …/deliveries/{evt}/replay {}`
        `POST L/periods/{yyyy-MM}/close {}` · `…/reopen {reason}`

        ## 10. Starting
        `GET /v1/nothing`
        """;
    assertThat(ContractPage.endpoints(page))
        .extracting(Endpoint::toString)
        .containsExactlyInAnyOrder(
            "POST /v1/ledgers/{}/accounts/{}/freeze",
            "POST /v1/ledgers/{}/accounts/{}/close",
            "GET /v1/ledgers/{}/accounts",
            "POST /v1/ledgers/{}/approvals/{}/approve",
            "POST /v1/ledgers/{}/approvals/{}/reject",
            "GET /v1/ledgers/{}/hooks/{}/deliveries",
            "POST /v1/ledgers/{}/hooks/{}/deliveries/{}/replay",
            "POST /v1/ledgers/{}/periods/{}/close",
            "POST /v1/ledgers/{}/periods/{}/reopen");
  }

  private static NavigableSet<Endpoint> contract() throws IOException {
    var all = new TreeSet<>(ContractPage.endpoints(Files.readString(Path.of("../docs/api.md"))));
    all.addAll(IN_PROSE);
    return all;
  }

  private static NavigableSet<Endpoint> notYet() throws IOException {
    try (Stream<String> lines = Files.lines(NOT_YET)) {
      return lines
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Endpoint::parse)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private NavigableSet<Endpoint> generated() throws IOException, InterruptedException {
    var all = new TreeSet<Endpoint>();
    JsonNode paths = document().get("paths");
    for (String path : paths.propertyNames()) {
      for (String method : paths.get(path).propertyNames()) {
        all.add(new Endpoint(method.toUpperCase(Locale.ROOT), path));
      }
    }
    return all;
  }

  private JsonNode document() throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + port + "/v3/api-docs");
    try (HttpClient http = HttpClient.newHttpClient()) {
      var reply = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(reply.statusCode()).isEqualTo(200);
      return JsonMapper.shared().readTree(reply.body());
    }
  }

  private NavigableSet<Endpoint> served() {
    var all = new TreeSet<Endpoint>();
    for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
      for (String path : info.getPatternValues()) {
        if (path.startsWith("/v1/")) {
          info.getMethodsCondition()
              .getMethods()
              .forEach(method -> all.add(new Endpoint(method.name(), path)));
        }
      }
    }
    return all;
  }

  private static NavigableSet<Endpoint> minus(Set<Endpoint> all, Set<Endpoint> some) {
    var rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
