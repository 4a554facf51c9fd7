package io.countersign.model.exports;

import io.countersign.model.WireName;

/// How far an export is. Only a finished one has a file.
public enum ExportState implements WireName {
  RUNNING,
  FINISHED,
  FAILED
}
