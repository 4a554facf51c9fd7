package io.countersign.server.outbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.ProblemException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an endpoint can make the server call.
class NetworkRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "3fff::1",
        "4000::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void an_address_that_is_not_public_is_not_called(String address) {
    assertThat(NetworkRules.PUBLIC_ONLY.allow(InetAddress.ofLiteral(address))).isFalse();
    assertThat(NetworkRules.ANY.allow(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.167.255.255",
        "192.169.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::1"
      })
  void a_public_address_is_called(String address) {
    assertThat(NetworkRules.PUBLIC_ONLY.allow(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void no_address_of_this_machine_is_called() throws SocketException {
    List<InetAddress> ours =
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    assertThat(ours).isNotEmpty().noneMatch(NetworkRules.PUBLIC_ONLY::allow);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.com/hooks               | yes | yes
          https://example.com:8443/a?b=c          | yes | yes
          HTTPS://EXAMPLE.COM                     | yes | yes
          https://[2606:4700::1111]/              | yes | yes
          http://example.com/hooks                | no  | yes
          http://127.0.0.1:9000/hooks             | no  | yes
          ftp://example.com/                      | no  | no
          file:///etc/passwd                      | no  | no
          gopher://example.com/                   | no  | no
          https://user:password@example.com/      | no  | no
          https://example.com/#part               | no  | no
          https://example.com:0/                  | no  | no
          https://example.com:70000/              | no  | no
          https://                                | no  | no
          https:///hooks                          | no  | no
          /hooks                                  | no  | no
          example.com                             | no  | no
          https://exa mple.com/                   | no  | no
          https://münchen.example/                | no  | no
          https://example.com/ü                   | no  | no
          """)
  void a_url_has_the_form_it_must_have(String url, String publicOnly, String any) {
    assertThat(isRefused(url, NetworkRules.PUBLIC_ONLY)).isEqualTo(publicOnly.equals("no"));
    assertThat(isRefused(url, NetworkRules.ANY)).isEqualTo(any.equals("no"));
  }

  @Test
  void a_url_that_is_missing_or_far_too_long_is_refused() {
    assertThat(isRefused(null, NetworkRules.ANY)).isTrue();
    assertThat(isRefused(" ", NetworkRules.ANY)).isTrue();
    assertThat(isRefused("https://example.com/" + "x".repeat(2_048), NetworkRules.ANY)).isTrue();
  }

  // Written in ways that a reader, and many a filter, does not take for 127.0.0.1.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fd00:ec2::254]/",
        "https://[fe80::1]/"
      })
  void a_host_that_leads_inside_is_refused_when_it_is_registered(String url) {
    assertThat(EndpointUrl.refusal(url, NetworkRules.PUBLIC_ONLY))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.slug()).isEqualTo("address-not-allowed");
              assertThat(problem.status()).isEqualTo(422);
            });
    assertThat(EndpointUrl.refusal(url, NetworkRules.ANY)).isEmpty();
  }

  @Test
  void a_name_that_is_not_found_may_be_registered() {
    assertThat(EndpointUrl.refusal("https://hooks.invalid/", NetworkRules.PUBLIC_ONLY)).isEmpty();
  }

  private static boolean isRefused(@Nullable String url, NetworkRules rules) {
    FieldChecks checks = new FieldChecks();
    EndpointUrl.check(checks, url, rules);
    try {
      checks.orThrow();
      return false;
    } catch (ProblemException refused) {
      assertThat(refused.problem().errors()).isNotEmpty();
      return true;
    }
  }
}
