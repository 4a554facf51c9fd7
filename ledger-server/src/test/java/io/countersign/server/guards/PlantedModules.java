package io.countersign.server.guards;

import com.tngtech.archunit.base.DescribedPredicate;
import java.util.List;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.ModulithMetadata;

/// Modules among the test classes, which Spring Modulith otherwise leaves out.
final class PlantedModules extends ApplicationModules {

  private PlantedModules(String root) {
    super(
        ModulithMetadata.of(root),
        List.of(root),
        DescribedPredicate.alwaysFalse(),
        false,
        location -> true);
  }

  static ApplicationModules below(String root) {
    return new PlantedModules(root);
  }
}
