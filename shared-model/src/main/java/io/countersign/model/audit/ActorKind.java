package io.countersign.model.audit;

import io.countersign.model.WireName;

/// What kind of actor made a change: a person, an API client, or the server by itself.
public enum ActorKind implements WireName {
  PERSON,
  CLIENT,
  SYSTEM
}
