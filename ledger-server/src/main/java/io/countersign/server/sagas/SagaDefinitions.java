package io.countersign.server.sagas;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The tables of all kinds of sagas. Looked up when first used: their steps lead back to [Sagas].
@Component
class SagaDefinitions {

  private final Supplier<Stream<SagaDefinition>> source;
  private volatile @Nullable Map<String, SagaDefinition> byKind;

  @Autowired
  SagaDefinitions(ObjectProvider<SagaDefinition> beans) {
    this(beans::stream);
  }

  SagaDefinitions(Supplier<Stream<SagaDefinition>> source) {
    this.source = source;
  }

  /// @throws IllegalStateException when no feature of this server offers such a saga
  SagaDefinition of(String kind) {
    Map<String, SagaDefinition> known = byKind;
    if (known == null) {
      Map<String, SagaDefinition> found = new HashMap<>();
      source.get().forEach(definition -> found.put(definition.kind(), definition));
      known = Map.copyOf(found);
      byKind = known;
    }
    SagaDefinition definition = known.get(kind);
    if (definition == null) {
      throw new IllegalStateException("no feature of this server offers sagas of kind " + kind);
    }
    return definition;
  }
}
