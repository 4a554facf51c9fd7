package io.countersign.console.ui;

import javafx.scene.Node;

/// The place above the page where a form is shown. One at a time; Esc closes it.
public interface Overlay {

  void show(Node form);

  void hide();
}
