package io.countersign.server.payments.provider;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/// The sandbox is a provider in demo mode or when its address is given, and never otherwise.
final class SandboxWanted implements Condition {

  /// In demo mode without an address the server sees to it that one runs.
  static final class OfOurOwn implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return isDemo(context.getEnvironment()) && !isAddressed(context.getEnvironment());
    }
  }

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return isDemo(context.getEnvironment()) || isAddressed(context.getEnvironment());
  }

  private static boolean isDemo(Environment environment) {
    return environment.getProperty("countersign.demo", Boolean.class, false);
  }

  private static boolean isAddressed(Environment environment) {
    return StringUtils.hasText(environment.getProperty("countersign.sandbox.url"));
  }
}
