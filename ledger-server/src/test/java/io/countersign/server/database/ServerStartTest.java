package io.countersign.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServerTest
class ServerStartTest {

  @Value("${local.server.port}")
  int port;

  @Autowired JdbcClient jdbc;

  @Test
  void the_server_says_that_it_is_up() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + port + "/actuator/health");
      var reply = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  void the_application_role_is_restricted_and_its_sessions_give_up_in_time() {
    assertThat(one("SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("false");
    assertThat(one("SELECT current_setting('idle_in_transaction_session_timeout')"))
        .isEqualTo("5s");
    assertThat(one("SELECT current_setting('lock_timeout')")).isEqualTo("5s");
    assertThat(one("SELECT current_setting('tcp_keepalives_idle')")).isEqualTo("3");
  }

  private String one(String sql) {
    return jdbc.sql(sql).query(String.class).single();
  }
}
