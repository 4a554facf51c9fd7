package io.countersign.model.overview;

import io.countersign.model.Immutable;
import java.util.List;

/// The data of the server-sent event `changed`: what is not as it was.
///
/// @param more whether more changed than is named, so that lists are to be read anew whatever they
///   show
public record ChangesEvent(List<ChangedObject> objects, boolean more) {

  public ChangesEvent {
    objects = Immutable.list(objects);
  }

  /// @param type of the event, such as `payment.succeeded`
  /// @param id of the object, with its prefix
  public record ChangedObject(String type, String id) {}
}
