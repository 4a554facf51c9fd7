package io.countersign.server.approvals;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Configuration;

/// @param expireAfter how long a proposal can be decided
@ConfigurationProperties("countersign.approvals")
record ApprovalSettings(@DefaultValue("7d") Duration expireAfter) {

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ApprovalSettings.class)
  static class Enabled {}
}
